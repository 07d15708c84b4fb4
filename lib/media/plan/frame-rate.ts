import { type Rational, reduced, toNumber } from "#lib/media/rational.ts";

/** Rates that cameras and editors write, so that 29.98 measured on a short clip becomes 30000/1001 again. */
const usual: readonly Rational[] = [
  { num: 24_000, den: 1001 },
  { num: 24, den: 1 },
  { num: 25, den: 1 },
  { num: 30_000, den: 1001 },
  { num: 30, den: 1 },
  { num: 48, den: 1 },
  { num: 50, den: 1 },
  { num: 60_000, den: 1001 },
  { num: 60, den: 1 },
];

const lowest = 5;
const highest = 60;
const fallback: Rational = { num: 30, den: 1 };

const distance = (a: Rational, b: Rational) => Math.abs(toNumber(a) / toNumber(b) - 1);

const snapped = (rate: Rational): Rational => {
  const nearest = usual.toSorted((a, b) => distance(a, rate) - distance(b, rate))[0];
  if (nearest !== undefined && distance(nearest, rate) < 0.0004) return nearest;
  // Measured rates of short clips (269/9) would make time bases that no player likes: keep small fractions only.
  if (rate.den <= 1001 && rate.num <= 120_000) return reduced(rate);
  return nearest !== undefined && distance(nearest, rate) < 0.01
    ? nearest
    : { num: Math.round(toNumber(rate)), den: 1 };
};

const halvedTo60 = (rate: Rational): Rational => {
  let { num, den } = rate;
  while (num / den > highest * 1.001) den *= 2;
  return reduced({ num, den });
};

/** The smallest usual rate that keeps every frame of a mean rate. */
const usualAtLeast = (rate: Rational): Rational =>
  usual.find((candidate) => toNumber(candidate) >= toNumber(rate) * 0.99) ?? { num: highest, den: 1 };

/**
 * The constant rate that the renditions get: the source's own where it has one, at most 60 (halved until it fits, so
 * that frames are dropped evenly), at least 5. A source of variable rate gets the rate that represents its frames.
 */
export const outputFrameRate = (source: {
  nominal: Rational | null;
  average: Rational | null;
  interlaced: boolean;
}): Rational => {
  const { nominal, average } = source;
  const known = average ?? nominal;
  if (known === null) return fallback;
  // Interlaced streams may tell the field rate as nominal; pictures come at the mean rate.
  const constant = nominal === null || source.interlaced || distance(known, nominal) < 0.02;
  const plausible = nominal !== null && toNumber(nominal) <= highest * 1.001 && toNumber(nominal) >= toNumber(known);
  const steady = nominal !== null && !source.interlaced ? nominal : known;
  const variable = plausible ? nominal : usualAtLeast(known);
  const rate = halvedTo60(snapped(constant ? steady : variable));
  return toNumber(rate) < lowest ? { num: lowest, den: 1 } : rate;
};
