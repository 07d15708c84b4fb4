import { linkedText, type TextPart } from "#components/video/linked-text.ts";

/** A piece of a comment or a description: words, an address, or a moment of the video. */
export type TimedPart = TextPart | { kind: "time"; text: string; seconds: number };

/** `1:23`, `12:03`, `1:02:03`; not within longer numbers such as a date's or an aspect ratio's `16:9`. */
const clock = /(?<![\d:.,/])(?:(\d{1,3}):)?(\d{1,3}):([0-5]\d)(?![\d:]|[.,/]\d)/g;

const secondsOf = ([, hours, minutes = "", seconds = ""]: RegExpExecArray): number | null => {
  // Behind hours there are no more than 59 minutes.
  if (hours !== undefined && (minutes.length > 2 || Number(minutes) > 59)) return null;
  return Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(seconds);
};

const timesIn = (text: string, durationMs: number | null): TimedPart[] => {
  const parts: TimedPart[] = [];
  let at = 0;
  for (const match of text.matchAll(clock)) {
    const seconds = secondsOf(match);
    if (seconds === null || (durationMs !== null && seconds * 1000 > durationMs)) continue;
    if (match.index > at) parts.push({ kind: "text", text: text.slice(at, match.index) });
    parts.push({ kind: "time", text: match[0], seconds });
    at = match.index + match[0].length;
  }
  if (at < text.length) parts.push({ kind: "text", text: text.slice(at) });
  return parts;
};

/** Splits a text at its addresses and at the moments of the video that it names; `durationMs` null: unknown, all count. */
export const timedText = (text: string, durationMs: number | null): TimedPart[] =>
  linkedText(text).flatMap((part): TimedPart[] => (part.kind === "text" ? timesIn(part.text, durationMs) : [part]));
