import type { RawCue } from "#lib/media/captions/caption-cue.ts";

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

/**
 * Start and end of a caption out of its timing line; null for any other line. `timing` has eight groups: hours, minutes,
 * seconds and fraction of the start, then of the end.
 */
export const readTiming = (timing: RegExp, line: string): Pick<RawCue, "startMs" | "endMs"> | null => {
  const match = timing.exec(line);
  if (match === null) return null;
  const [, fromHours, fromMinutes, fromSeconds, fromFraction, toHours, toMinutes, toSeconds, toFraction] = match;
  const startMs = timeMs({ hours: fromHours, minutes: fromMinutes, seconds: fromSeconds, fraction: fromFraction });
  const endMs = timeMs({ hours: toHours, minutes: toMinutes, seconds: toSeconds, fraction: toFraction });
  return startMs === null || endMs === null ? null : { startMs, endMs };
};
