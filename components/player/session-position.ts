/** What the system's media controls are told of the time; null as long as there is nothing to tell. */
export const sessionPosition = (input: {
  durationSeconds: number;
  atSeconds: number;
  rate: number;
}): { duration: number; position: number; playbackRate: number } | null => {
  const { durationSeconds, atSeconds, rate } = input;
  if (!Number.isFinite(durationSeconds) || durationSeconds <= 0) return null;
  // Browsers throw at a position beyond the end and at a speed of nothing (Media Session, setPositionState).
  const position = Math.min(Math.max(0, atSeconds), durationSeconds);
  return { duration: durationSeconds, position, playbackRate: rate > 0 ? rate : 1 };
};
