/** Seen to the end is seen so much of it, and of long ones all but these seconds: whichever comes later. */
const seenShare = 0.95;
const nearEndMs = 15_000;
/** Less than this is no place to come back to. */
const leastMs = 5_000;

/**
 * Where a video goes on for somebody who left it at `positionMs`: null for its beginning, because they have hardly begun or
 * have seen it to the end. Without a known length only the beginning counts.
 */
export const resumeAt = ({
  positionMs,
  durationMs,
}: {
  positionMs: number;
  durationMs: number | null;
}): number | null => {
  if (positionMs < leastMs) return null;
  if (durationMs === null) return positionMs;
  const end = Math.max(durationMs * seenShare, durationMs - nearEndMs);
  return positionMs >= Math.min(end, durationMs) ? null : positionMs;
};
