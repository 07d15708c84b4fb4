/** A moment as players write it: `0:07`, `14:05`, `1:08:51`. The second that has begun. */
export const clock = (atMs: number): string => {
  const total = Math.max(0, Math.floor(atMs / 1000));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const seconds = String(total % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${seconds}` : `${minutes}:${seconds}`;
};

/** Lengths are rounded to whole seconds: 9.96 s are ten, wherever they are told. What is there at all lasts a second. */
const wholeSeconds = (durationMs: number) => (durationMs <= 0 ? 0 : Math.max(1, Math.round(durationMs / 1000)));

/** A length as players write it. */
export const lengthClock = (durationMs: number): string => clock(wholeSeconds(durationMs) * 1000);

/** The same in parts, for sentences. */
export const durationParts = (durationMs: number): { hours: number; minutes: number; seconds: number } => {
  const total = wholeSeconds(durationMs);
  return { hours: Math.floor(total / 3600), minutes: Math.floor((total % 3600) / 60), seconds: total % 60 };
};
