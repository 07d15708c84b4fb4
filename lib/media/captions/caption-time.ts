/**
 * Milliseconds of the parts of a time; null when minutes or seconds go beyond 59. `fraction` is read as decimals of a
 * second whatever its length.
 */
export const timeMs = (parts: {
  hours: string | undefined;
  minutes: string | undefined;
  seconds: string | undefined;
  fraction: string | undefined;
}): number | null => {
  const [hours, minutes, seconds] = [parts.hours, parts.minutes, parts.seconds].map((part) => Number(part ?? 0));
  if (hours === undefined || minutes === undefined || seconds === undefined) return null;
  if (minutes > 59 || seconds > 59) return null;
  const fraction = Number(`0.${parts.fraction ?? "0"}`);
  return hours * 3_600_000 + minutes * 60_000 + seconds * 1000 + Math.round(fraction * 1000);
};
