/**
 * Seconds at which what is made from a file is cut, whatever the file says: what it declares, with room for a declaration
 * that is too small, and never more than the instance allows. 0 stands for an undeclared length. Pure.
 */
export const outputLimit = (input: { durationSeconds: number; maxDurationSeconds: number }): number => {
  const { durationSeconds, maxDurationSeconds } = input;
  return durationSeconds > 0
    ? Math.round(Math.min(maxDurationSeconds, durationSeconds * 1.5 + 30) * 1000) / 1000
    : maxDurationSeconds;
};
