/** A fraction of whole numbers, such as a frame rate of 30000/1001. */
export type Rational = { num: number; den: number };

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** The same fraction in lowest terms. */
export const reduced = ({ num, den }: Rational): Rational => {
  const divisor = gcd(num, den);
  return { num: num / divisor, den: den / divisor };
};

/** Value of a fraction. */
export const toNumber = ({ num, den }: Rational): number => num / den;

/** As ffmpeg reads it: `30000/1001`. */
export const toText = ({ num, den }: Rational): string => `${num}/${den}`;

/** Reads `30000/1001` or `16:9`; null for anything that is no positive fraction of whole numbers (ffprobe's `0/0`). */
export const parseRational = (text: string | undefined): Rational | null => {
  const match = /^(\d{1,9})[/:](\d{1,9})$/.exec(text ?? "");
  const num = Number(match?.[1] ?? 0);
  const den = Number(match?.[2] ?? 0);
  return num > 0 && den > 0 ? reduced({ num, den }) : null;
};
