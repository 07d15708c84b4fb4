const two = (value: number) => String(value).padStart(2, "0");

/** A moment as captions are timed: `0:07.250`, `1:02:03.000`. */
export const cueClock = (ms: number): string => {
  const seconds = Math.floor(ms / 1000);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const clock = hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
  return `${clock}.${String(ms % 1000).padStart(3, "0")}`;
};

/** How far all captions are moved: `1.5`, `-0,25`, `+2` in seconds, or `-1:05.5`. Milliseconds; null for anything else. */
export const readShift = (text: string): number | null => {
  const match = /^\s*([+\-−]?)\s*(?:(\d{1,3}):)?(\d{1,5})(?:[.,](\d{1,3}))?\s*$/.exec(text);
  if (match === null) return null;
  const [, sign, minutes, seconds = "0", fraction = "0"] = match;
  if (minutes !== undefined && Number(seconds) > 59) return null;
  const ms = (Number(minutes ?? 0) * 60 + Number(seconds)) * 1000 + Math.round(Number(`0.${fraction}`) * 1000);
  return sign === "-" || sign === "−" ? -ms || 0 : ms;
};
