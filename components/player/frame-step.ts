/** Where a file's frame rate is not known: most video has about so many frames a second. */
const usualRate = 25;

/**
 * Where to seek for the frame before or after the one that is shown: its middle, so that the rounding of players and of the
 * frame rate (two decimals) never shows a neighbour.
 */
export const frameStep = (input: { atSeconds: number; frameRate: number | null; step: 1 | -1 }): number => {
  const { atSeconds, frameRate, step } = input;
  const rate = frameRate !== null && frameRate > 0 ? frameRate : usualRate;
  const shown = Math.floor(atSeconds * rate + 0.001);
  return Math.max(0, shown + step + 0.5) / rate;
};
