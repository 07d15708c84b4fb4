import type { ParsedCues, RawCue } from "#lib/media/captions/caption-cue.ts";
import { readTiming } from "#lib/media/captions/caption-time.ts";
import { cueSettings } from "#lib/media/captions/cue-settings.ts";

const time = String.raw`(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)\.(\d{3})`;
/** Times and what may follow them: settings of place (WebVTT section 4.1). */
const timing = new RegExp(`^[ \\t]*${time}[ \\t]+-->[ \\t]+${time}(?:[ \\t](.*))?$`);

const settingsOf = (line: string): Pick<RawCue, "settings"> => {
  const settings = cueSettings(timing.exec(line)?.[9] ?? "");
  return settings === "" ? {} : { settings };
};

/** Whether a text begins as WebVTT has to. */
export const isVtt = (text: string): boolean => /^WEBVTT(?:[ \t\n]|$)/.test(text);

/**
 * Reads WebVTT. Blocks are parted by empty lines; notes, styles and regions are passed over, and so are blocks without a
 * timing line. Line ends must be `\n`; `text` must satisfy `isVtt`.
 */
export const parseVtt = (text: string): ParsedCues => {
  const cues: RawCue[] = [];
  const faults: number[] = [];
  const lines = text.split("\n");
  // The header's own lines run up to the first empty one.
  let at = Math.max(1, lines.indexOf(""));
  while (at < lines.length) {
    while (at < lines.length && lines[at]?.trim() === "") at += 1;
    const start = at;
    while (at < lines.length && lines[at]?.trim() !== "") at += 1;
    const block = lines.slice(start, at);
    if (/^NOTE(?:[ \t]|$)/.test(block[0] ?? "")) continue;
    // An identifier may stand before the times.
    const timed = block.slice(0, 2).findIndex((line) => line.includes("-->"));
    if (timed === -1) continue;
    const line = block[timed] ?? "";
    const times = readTiming(timing, line);
    if (times === null) faults.push(start + timed + 1);
    else cues.push({ ...times, ...settingsOf(line), raw: block.slice(timed + 1).join("\n") });
  }
  return { cues, faultyLines: faults.length, firstFaulty: faults[0] ?? null };
};
