/** A length as players write it: `0:07`, `14:05`, `1:08:51`. Whole seconds, rounded down. */
export const clock = (durationMs: number): string => {
  const total = Math.max(0, Math.floor(durationMs / 1000));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const seconds = String(total % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${seconds}` : `${minutes}:${seconds}`;
};

/** The same in parts, for sentences. */
export const durationParts = (durationMs: number): { hours: number; minutes: number; seconds: number } => {
  const total = Math.max(0, Math.floor(durationMs / 1000));
  return { hours: Math.floor(total / 3600), minutes: Math.floor((total % 3600) / 60), seconds: total % 60 };
};
