import { type FileHandle, open } from "node:fs/promises";
import { MediaFailure } from "#lib/media/failures.ts";

const isMissing = (error: unknown) => error instanceof Error && "code" in error && error.code === "ENOENT";

const headBytes = 16;

/** Type and whole size of the box at a place; null when its head is not in the file yet. */
const boxAt = async (file: FileHandle, at: number): Promise<{ type: string; size: number } | null> => {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, at);
  if (bytesRead < 8) return null;
  const short = buffer.readUInt32BE(0);
  if (short === 1 && bytesRead < headBytes) return null;
  const size = short === 1 ? Number(buffer.readBigUInt64BE(8)) : short;
  if (size < 8) throw new MediaFailure("processing_failed", { detail: "fragment: a box without size" });
  return { type: buffer.toString("latin1", 4, 8), size };
};

const readWhole = async (file: FileHandle, start: number, end: number): Promise<Buffer> => {
  const bytes = Buffer.alloc(end - start);
  const { bytesRead } = await file.read(bytes, 0, bytes.byteLength, start);
  if (bytesRead < bytes.byteLength) throw new Error("a file became shorter while it was read");
  return bytes;
};

/** A fragmented MP4 that another process is writing. */
export type GrowingFile = {
  /** The init segment; null until it is whole. */
  init: () => Uint8Array | null;
  /** The next fragment (`moof` and `mdat`) that is whole; null when there is none yet. */
  next: () => Promise<Uint8Array | null>;
  close: () => Promise<void>;
};

/**
 * Reads fragments while they are being written, each once, one in memory at a time. A box that is only partly there is
 * looked at again the next time. Fine with a file that does not exist yet.
 */
export const readGrowingFile = (path: string): GrowingFile => {
  let file: FileHandle | null = null;
  let init: Uint8Array | null = null;
  let at = 0;
  let moof: number | null = null;

  const opened = async (): Promise<FileHandle | null> => {
    try {
      file ??= await open(path, "r");
      return file;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  };

  const next = async (): Promise<Uint8Array | null> => {
    const from = await opened();
    if (from === null) return null;
    const { size } = await from.stat();
    for (;;) {
      const box = await boxAt(from, at);
      if (box === null || at + box.size > size) return null;
      if (box.type === "moof") {
        init ??= await readWhole(from, 0, at);
        moof = at;
      }
      at += box.size;
      if (box.type === "mdat" && moof !== null) return readWhole(from, moof, at);
    }
  };

  return { init: () => init, next, close: async () => file?.close() };
};
