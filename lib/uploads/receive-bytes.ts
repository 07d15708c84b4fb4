import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { AppError } from "#lib/errors.ts";
import { fileFault } from "#lib/storage/file-fault.ts";

/** Bytes gathered before they are written: fewer, larger writes cost a fraction of the processor time. */
const batchBytes = 1024 * 1024;
/** Bytes after which the disk is asked to write beside, so that the sync at the end is short. */
const syncEveryBytes = 8 * 1024 * 1024;

/** Where bytes come from and go to. */
export type ReceiveBytes = {
  path: string;
  stream: Readable;
  /** Where the first byte goes: the file's size. */
  offset: number;
  /** Ends the reception when nothing came for so long. */
  idleMs: number;
  /** Aborts when somebody else may write the file from now on. */
  lost: AbortSignal | null;
  /** Told the bytes in the file after each write; cheap. */
  onProgress: (offsetBytes: number) => void;
};

/** What came, and why it ended early if it did. */
export type Received = { offsetBytes: number; fault: Error | null };

type Writer = { handle: FileHandle; position: number; unsynced: number; syncing: Promise<void> | null };

const writeAll = async (writer: Writer, buffers: readonly Uint8Array[]): Promise<void> => {
  let rest = [...buffers];
  while (rest.length > 0) {
    let { bytesWritten } = await writer.handle.writev(rest, writer.position);
    writer.position += bytesWritten;
    writer.unsynced += bytesWritten;
    // A nearly full disk takes a part; the next try tells ENOSPC.
    while (rest[0] !== undefined && bytesWritten >= rest[0].byteLength) {
      bytesWritten -= rest[0].byteLength;
      rest = rest.slice(1);
    }
    if (rest[0] !== undefined && bytesWritten > 0) rest = [rest[0].subarray(bytesWritten), ...rest.slice(1)];
  }
};

const syncBeside = (writer: Writer): void => {
  if (writer.syncing !== null || writer.unsynced < syncEveryBytes) return;
  writer.unsynced = 0;
  writer.syncing = writer.handle.datasync().finally(() => {
    writer.syncing = null;
  });
  // Awaited at the end; until then a failure must not count as unhandled.
  writer.syncing.catch(() => undefined);
};

/** Writes one batch while the next is gathered. Throws what the stream or the disk throws. */
const pump = async (
  writer: Writer,
  { stream, onProgress }: Pick<ReceiveBytes, "stream" | "onProgress">,
): Promise<void> => {
  let batch: Uint8Array[] = [];
  let gathered = 0;
  let writing: Promise<void> = Promise.resolve();
  const flush = async () => {
    await writing;
    onProgress(writer.position);
    syncBeside(writer);
    writing = writeAll(writer, batch);
    writing.catch(() => undefined);
    batch = [];
    gathered = 0;
  };
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      batch.push(chunk);
      gathered += chunk.byteLength;
      if (gathered >= batchBytes) await flush();
    }
  } finally {
    // Whatever ended the stream, what came is kept.
    await flush();
    await writing;
  }
};

/** Ends the stream when nobody sends or the lock is lost. Returns what undoes it. */
const guard = ({ stream, idleMs, lost }: ReceiveBytes): (() => void) => {
  let quietSince = performance.now();
  const onData = () => {
    quietSince = performance.now();
  };
  const watch = setInterval(
    () => {
      if (performance.now() - quietSince < idleMs) return;
      stream.destroy(
        new AppError("unavailable", { message: "No bytes came for too long.", hint: "Resume the upload." }),
      );
    },
    Math.min(idleMs, 1000),
  );
  const onLost = () =>
    stream.destroy(new AppError("unavailable", { hint: "Resume the upload.", retryAfterSeconds: 1 }));
  stream.on("readable", onData);
  lost?.addEventListener("abort", onLost, { once: true });
  if (lost?.aborted === true) onLost();
  return () => {
    clearInterval(watch);
    stream.off("readable", onData);
    lost?.removeEventListener("abort", onLost);
  };
};

/**
 * Appends a stream to a file and syncs it: when this resolves, `offsetBytes` survive a power cut. Bounded memory (two
 * batches). What came before a fault is kept, and the fault is told beside it; `no_space` for a full disk.
 */
export const receiveBytes = async (input: ReceiveBytes): Promise<Received> => {
  const handle = await open(input.path, constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW, 0o640);
  const writer: Writer = { handle, position: input.offset, unsynced: 0, syncing: null };
  const unguard = guard(input);
  let fault: Error | null = null;
  try {
    await pump(writer, input);
  } catch (error) {
    fault = fileFault(error, { reason: "receiving" });
  } finally {
    unguard();
  }
  try {
    await writer.syncing;
    await handle.datasync();
    return { offsetBytes: writer.position, fault };
  } catch (error) {
    // The first fault tells more: a disk that was full at the write is often broken at the sync.
    throw fault ?? fileFault(error, { reason: "syncing" });
  } finally {
    await handle.close();
  }
};
