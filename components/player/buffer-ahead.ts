/** Seconds that are loaded from the playhead on without a gap; a twentieth of a second between two ranges is none. */
export const bufferAhead = (
  ranges: readonly { startSeconds: number; endSeconds: number }[],
  atSeconds: number,
): number => {
  const gap = 0.05;
  let end = atSeconds;
  for (const range of ranges.toSorted((one, other) => one.startSeconds - other.startSeconds)) {
    if (range.startSeconds <= end + gap && range.endSeconds > end) end = range.endSeconds;
  }
  return end - atSeconds;
};
