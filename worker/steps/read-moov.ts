import { open } from "node:fs/promises";
import { readBoxHead } from "#lib/media/probe/protected-tracks.ts";

const maxBoxes = 64;
/** The track headers stand in front of the sample tables, so the beginning is enough of a long video's index. */
const maxBytes = 4 * 1024 * 1024;

/** The beginning of a file's `moov` box; null when none is found among the first boxes. Bounded in time and memory. */
export const readMoov = async (path: string): Promise<Uint8Array | null> => {
  const file = await open(path, "r");
  try {
    let at = 0;
    for (let boxes = 0; boxes < maxBoxes; boxes += 1) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, at);
      const head = readBoxHead(buffer.subarray(0, bytesRead));
      if (head === null || (head.sizeBytes < head.headBytes && head.type !== "moov")) return null;
      if (head.type === "moov") {
        const wanted = Math.min(maxBytes, Math.max(0, head.sizeBytes));
        const moov = await file.read(Buffer.alloc(wanted), 0, wanted, at);
        return moov.buffer.subarray(0, moov.bytesRead);
      }
      at += head.sizeBytes;
    }
    return null;
  } finally {
    await file.close();
  }
};

/** The beginning of a file, where Matroska describes its tracks. */
export const readBeginning = async (path: string): Promise<Uint8Array> => {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(maxBytes), 0, maxBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};
