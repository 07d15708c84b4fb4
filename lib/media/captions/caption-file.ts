import { AppError } from "#lib/errors.ts";
import { isAss, parseAss } from "#lib/media/captions/caption-ass.ts";
import { type CaptionFormat, type Cue, maxCues, type ParsedCues } from "#lib/media/captions/caption-cue.ts";
import { type CaptionEncoding, decodeCaptions } from "#lib/media/captions/caption-encoding.ts";
import { parseSrt } from "#lib/media/captions/caption-srt.ts";
import { tidyCues } from "#lib/media/captions/caption-tidy.ts";
import { isVtt, parseVtt } from "#lib/media/captions/vtt-parse.ts";

/** Largest caption file that is read. */
export const maxCaptionBytes = 2 * 1024 * 1024;

/** A caption file, read. */
export type CaptionFile = { cues: Cue[]; format: CaptionFormat; encoding: CaptionEncoding };

/** Far more than the captions that are taken have; keeps a file of empty lines from being looked at line by line. */
const maxLines = 300_000;

const hintOfFormats = "Send SRT, WebVTT or ASS as text.";

const refuse = (message: string, hint: string) => new AppError("unprocessable", { message, hint });

const formatOf = (text: string): CaptionFormat | null => {
  if (isVtt(text)) return "vtt";
  if (isAss(text)) return "ass";
  return text.includes("->") ? "srt" : null;
};

const parsers: Record<CaptionFormat, (text: string) => ParsedCues> = { srt: parseSrt, vtt: parseVtt, ass: parseAss };

const hasTooManyLines = (text: string): boolean => {
  let lines = 0;
  for (let at = text.indexOf("\n"); at !== -1 && lines <= maxLines; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines > maxLines;
};

const assertSound = ({ cues, faultyLines, firstFaulty }: ParsedCues): void => {
  if (faultyLines > 0 && faultyLines * 10 >= cues.length) {
    throw refuse(
      `The times in line ${firstFaulty} cannot be read.`,
      "Write times as 00:01:02,500 --> 00:01:04,000 (SRT) or 00:01:02.500 --> 00:01:04.000 (WebVTT).",
    );
  }
  if (cues.length > maxCues) {
    throw refuse(`The file has more than ${maxCues} captions.`, "Split it, or leave some out.");
  }
};

/**
 * Reads an uploaded caption file (SRT, WebVTT, ASS) in any common encoding. Throws `too_large` and `unprocessable` with
 * a hint: no captions in it, times that cannot be read, too many captions.
 */
export const readCaptionFile = (bytes: Uint8Array): CaptionFile => {
  if (bytes.byteLength > maxCaptionBytes) {
    throw new AppError("too_large", { message: "The caption file is larger than 2 MB.", hint: hintOfFormats });
  }
  const decoded = decodeCaptions(bytes);
  const text = decoded.text.replace(/\r\n?/g, "\n").replaceAll("\0", "\ufffd");
  const format = hasTooManyLines(text) ? null : formatOf(text);
  if (format === null) throw refuse("This is no caption file.", hintOfFormats);
  const parsed = parsers[format](text);
  assertSound(parsed);
  const cues = tidyCues({ cues: parsed.cues, format });
  if (cues.length === 0) throw refuse("There are no captions in the file.", hintOfFormats);
  return { cues, format, encoding: decoded.encoding };
};
