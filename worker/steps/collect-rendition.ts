import { createHash } from "node:crypto";
import { open, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { initName } from "#lib/media/encode-command.ts";
import { MediaFailure } from "#lib/media/failures.ts";
import { readInit, readSegment } from "#lib/media/fmp4.ts";
import type { RenditionPart } from "#lib/media/rendition-parts.ts";
import { initKey, type RunRef, segmentKey, segmentName } from "#lib/storage/keys.ts";
import type { StepOutcome } from "./step.ts";

/** The `moof` of a 4 s segment takes about 4 KB; it stands before the media. */
const headBytes = 32 * 1024;

const readHead = async (path: string): Promise<{ head: Uint8Array; sizeBytes: number }> => {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return { head: buffer.subarray(0, bytesRead), sizeBytes: size };
  } finally {
    await file.close();
  }
};

const readParts = async (input: { folder: string; firstSegment: number; count: number }) => {
  const segments: RenditionPart["segments"] = [];
  for (let index = 0; index < input.count; index += 1) {
    const { head, sizeBytes } = await readHead(join(input.folder, segmentName(input.firstSegment + index)));
    const info = readSegment(head);
    // Declared EXT-X-INDEPENDENT-SEGMENTS: every segment must begin with a key frame.
    if (!info.startsWithSync) throw new MediaFailure("processing_failed", { detail: "segment without key frame" });
    // A last segment without duration would stop players at the end.
    if (info.durationTicks === 0) continue;
    const keyFrameBytes = info.firstSample.end;
    segments.push({ start: info.startTicks, duration: info.durationTicks, sizeBytes, keyFrameBytes });
  }
  return segments;
};

/**
 * Measures what ffmpeg wrote of one rendition and names its files for the store. The init segment is handed over by
 * the first chunk only; the others must have the very same. Throws `MediaFailure` `corrupt` when nothing came out.
 */
export const collectRendition = async (input: {
  run: RunRef;
  scratchDir: string;
  rendition: string;
  firstSegment: number;
}): Promise<{ part: RenditionPart; files: StepOutcome["files"] }> => {
  const { run, rendition, firstSegment } = input;
  const folder = join(input.scratchDir, rendition);
  const names = new Set(await readdir(folder));
  let count = 0;
  while (names.has(segmentName(firstSegment + count))) count += 1;
  if (count === 0 || !names.has(initName))
    throw new MediaFailure("corrupt", { detail: `nothing decoded for ${rendition}` });
  const init = await readFile(join(folder, initName));
  const segments = await readParts({ folder, firstSegment, count });
  if (segments.length === 0) throw new MediaFailure("corrupt", { detail: `empty segments for ${rendition}` });
  const segmentFiles = segments.map((_, index) => ({
    path: join(folder, segmentName(firstSegment + index)),
    key: segmentKey({ ...run, rendition, index: firstSegment + index }),
  }));
  const initFiles = firstSegment === 0 ? [{ path: join(folder, initName), key: initKey({ ...run, rendition }) }] : [];
  const initHash = createHash("sha256").update(init).digest("hex").slice(0, 32);
  const part = { rendition, initHash, initBytes: init.byteLength, ...readInit(init), firstSegment, segments };
  return { part, files: [...initFiles, ...segmentFiles] };
};
