import { type FileHandle, open } from "node:fs/promises";
import { aviPictureCodec, isAvi, isUsableIndex, riffChunk } from "#lib/media/plan/avi-index.ts";

const maxChunks = 64;
/** Headers stand at the beginning; four hours of an index tell enough of the rest. */
const headerBytes = 64 * 1024;
const indexBytes = 16 * 1024 * 1024;

const readAt = async (file: FileHandle, at: number, length: number): Promise<Uint8Array> => {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
};

/** The beginning of the file's `idx1`; null when it has none, as when it was cut off. */
const findIndex = async (file: FileHandle): Promise<Uint8Array | null> => {
  let at = 12;
  for (let chunks = 0; chunks < maxChunks; chunks += 1) {
    const head = riffChunk(await readAt(file, at, 8));
    if (head === null) return null;
    if (head.name === "idx1") return readAt(file, at + 8, Math.min(head.sizeBytes, indexBytes));
    at += 8 + head.sizeBytes + (head.sizeBytes % 2);
  }
  return null;
};

/**
 * Whether a reader can begin in the middle of this file. Only an AVI's index must be looked at: it stands at the end, where
 * it is missing from files that were cut off, and its marks of key frames are not always true. Bounded in time and memory.
 */
export const canBeginInside = async (path: string): Promise<boolean> => {
  const file = await open(path, "r");
  try {
    const headers = await readAt(file, 0, headerBytes);
    if (!isAvi(headers)) return true;
    const index = await findIndex(file);
    return index !== null && isUsableIndex({ index, fourCc: aviPictureCodec(headers) });
  } finally {
    await file.close();
  }
};
