import type { Cue } from "#lib/media/captions/caption-cue.ts";

const two = (value: number) => String(value).padStart(2, "0");

/** A time as WebVTT wants it, always with hours. */
export const vttTime = (ms: number): string => {
  const seconds = Math.floor(ms / 1000);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(":");
  return `${clock}.${String(ms % 1000).padStart(3, "0")}`;
};

/**
 * Where the captions' zero lies in the media (RFC 8216 section 3.5): our segments begin at media time 0. Players that
 * know nothing of HLS pass over the header's lines.
 */
const timestampMap = "X-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000";

/** A WebVTT file. `forStreams` adds what HLS players want to know. The cues are tidy (`tidyCues`). */
export const writeVtt = ({ cues, forStreams }: { cues: readonly Cue[]; forStreams: boolean }): string =>
  [
    "WEBVTT",
    ...(forStreams ? [timestampMap] : []),
    "",
    ...cues.flatMap(({ startMs, endMs, text, settings }) => [
      `${vttTime(startMs)} --> ${vttTime(endMs)}${settings === undefined ? "" : ` ${settings}`}`,
      ...[text, ""],
    ]),
  ].join("\n");

/** One of our own files as people download it: without the line for HLS players. */
export const withoutTimestampMap = (text: string): string => text.replace(`${timestampMap}\n`, "");
