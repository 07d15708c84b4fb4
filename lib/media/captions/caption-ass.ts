import type { ParsedCues, RawCue } from "#lib/media/captions/caption-cue.ts";
import { timeMs } from "#lib/media/captions/caption-time.ts";

const defaultFields = ["layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text"];
/** ASS has ten; a line of half a million would be searched anew for every caption. */
const maxFields = 40;
const timePattern = /^\s*(\d{1,3}):(\d{1,2}):(\d{1,2})(?:[.,:](\d{1,3}))?\s*$/;

/** Whether a text looks like ASS or SSA. */
export const isAss = (text: string): boolean => /^[ \t]{0,40}\[(?:Script Info|V4\+? Styles|Events)\]/im.test(text);

const readTime = (text: string | undefined): number | null => {
  const match = timePattern.exec(text ?? "");
  return match === null ? null : timeMs({ hours: match[1], minutes: match[2], seconds: match[3], fraction: match[4] });
};

/** Cuts at the first commas only: the last field is the words, which may hold commas. */
const fieldsOf = (values: string, count: number): string[] => {
  const parts = values.split(",");
  return [...parts.slice(0, count - 1), parts.slice(count - 1).join(",")];
};

const readLine = (values: string, fields: readonly string[]): RawCue | null => {
  const parts = fieldsOf(values, fields.length);
  const startMs = readTime(parts[fields.indexOf("start")]);
  const endMs = readTime(parts[fields.indexOf("end")]);
  return startMs === null || endMs === null ? null : { startMs, endMs, raw: parts[fields.length - 1] ?? "" };
};

/** Reads the lines of ASS and SSA; looks of styles are not kept. Line ends must be `\n`. */
export const parseAss = (text: string): ParsedCues => {
  const cues: RawCue[] = [];
  const faults: number[] = [];
  let fields = defaultFields;
  let inEvents = false;
  for (const [index, line] of text.split("\n").entries()) {
    const [, section] = /^\s*\[([^\]]{1,40})\]/.exec(line) ?? [];
    if (section !== undefined) inEvents = section.toLowerCase() === "events";
    const [, key = "", value = ""] = /^\s*(Format|Dialogue):(.*)$/i.exec(line) ?? [];
    if (!inEvents || key === "") continue;
    if (key.toLowerCase() === "format") {
      fields = value.split(",", maxFields).map((field) => field.trim().toLowerCase());
      continue;
    }
    const cue = readLine(value, fields);
    if (cue === null) faults.push(index + 1);
    else cues.push(cue);
  }
  return { cues, faultyLines: faults.length, firstFaulty: faults[0] ?? null };
};
