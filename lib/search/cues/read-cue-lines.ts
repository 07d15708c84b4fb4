import type { CueLine } from "#lib/db/queries/search/cues.ts";
import { AppError } from "#lib/errors.ts";
import { maxCues } from "#lib/media/captions/caption-cue.ts";
import { isVtt, parseVtt } from "#lib/media/captions/vtt-parse.ts";
import { plainCueText } from "#lib/search/cues/plain-cue-text.ts";
import { objectStore } from "#lib/storage/index.ts";

/** The lines of one of our own WebVTT files; null when the storage has no such object. */
export const readCueLines = async (input: { key: string; signal: AbortSignal }): Promise<CueLine[] | null> => {
  const parts: Uint8Array[] = [];
  try {
    const stream = await objectStore().read(input);
    for await (const part of stream as AsyncIterable<Uint8Array>) parts.push(part);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
  const text = Buffer.concat(parts).toString("utf8").replace(/\r\n?/g, "\n");
  if (!isVtt(text)) return [];
  return parseVtt(text)
    .cues.slice(0, maxCues)
    .map(({ startMs, endMs, raw }) => ({ startMs, endMs, text: plainCueText(raw) }))
    .filter((line) => line.text !== "");
};
