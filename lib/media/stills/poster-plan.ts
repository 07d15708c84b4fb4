/** How posters are found; null when the encode step draws the one there is. */
export type PosterPlan = {
  /** Moments that are looked at, in seconds; each gives the key frame at or before it. */
  atSeconds: readonly number[];
  /** Seconds from the beginning that may be decoded whole when key frames do not give enough; never the whole of a long file. */
  sweepSeconds: number;
  /** Every how many of those seconds a frame is taken. */
  sweepEverySeconds: number;
  width: number;
  height: number;
} | null;

/** How many posters are proposed. */
export const proposalCount = 3;

/** Longest side of a poster. */
const longestSide = 1280;
const fewestLooks = 6;
const mostLooks = 12;
const sweepLongestSeconds = 20;

const rounded = (seconds: number) => Math.round(seconds * 1000) / 1000;

/** The size of a video's posters: its shape, at most 1280 pixels long, even sides. */
export const posterSize = ({ width, height }: { width: number; height: number }): { width: number; height: number } => {
  const factor = Math.min(1, longestSide / Math.max(width, height));
  const side = (value: number) => Math.max(2, Math.round((value * factor) / 2) * 2);
  return { width: side(width), height: side(height) };
};

/**
 * Where to look for posters: six moments of a short video, twelve of a long one, spread evenly and clear of both ends. So
 * a film of two hours costs as much as one of two minutes.
 */
export const posterPlan = (input: {
  picture: { width: number; height: number };
  durationSeconds: number;
}): NonNullable<PosterPlan> => {
  const { durationSeconds } = input;
  const looks = Math.min(mostLooks, Math.max(fewestLooks, Math.round(durationSeconds / 10)));
  const at = Array.from({ length: looks }, (_, index) => rounded(((index + 0.5) / looks) * durationSeconds));
  const sweepSeconds = durationSeconds > 0 ? Math.min(sweepLongestSeconds, rounded(durationSeconds)) : 2;
  return {
    atSeconds: durationSeconds > 0 ? at : [0],
    sweepSeconds,
    sweepEverySeconds: rounded(sweepSeconds / fewestLooks),
    ...posterSize(input.picture),
  };
};
