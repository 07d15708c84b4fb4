import { type FileHandle, open } from "node:fs/promises";
import {
  type AviKey,
  aviPictureCodec,
  isNamed,
  isPacketList,
  isRiff,
  listedKeys,
  mayBeKey,
  offsetBases,
  packetHeadBytes,
  riffChunk,
} from "#lib/media/plan/avi-index.ts";

const maxChunks = 64;
/** Headers stand at the beginning; four hours of an index tell enough of the rest. */
const headerBytes = 64 * 1024;
const indexBytes = 16 * 1024 * 1024;
/** Key frames that are looked at: with one every twelve seconds all of half an hour. */
const lookedAt = 128;
/** A picture's kind stands behind what describes the stream, which is a few dozen bytes. */
const lookBytes = 2048;

const readAt = async (file: FileHandle, at: number, length: number): Promise<Uint8Array> => {
  if (at < 0) return new Uint8Array();
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
};

type Found = { index: Uint8Array; listAt: number };

/** The beginning of the file's `idx1` and its list of packets; null when one is missing, as when it was cut off. */
const findIndex = async (file: FileHandle): Promise<Found | null> => {
  let at = 12;
  let listAt: number | null = null;
  for (let chunks = 0; chunks < maxChunks; chunks += 1) {
    const bytes = await readAt(file, at, 12);
    const head = riffChunk(bytes);
    if (head === null) return null;
    if (isPacketList(bytes)) listAt ??= at;
    if (head.name === "idx1") {
      const index = await readAt(file, at + 8, Math.min(head.sizeBytes, indexBytes));
      return listAt === null ? null : { index, listAt };
    }
    at += 8 + head.sizeBytes + (head.sizeBytes % 2);
  }
  return null;
};

const isThere = async (file: FileHandle, { name, offset }: AviKey, base: number): Promise<boolean> =>
  isNamed({ head: await readAt(file, base + offset, packetHeadBytes), name });

const findBase = async (file: FileHandle, bases: readonly number[], key: AviKey): Promise<number | null> => {
  for (const base of bases) if (await isThere(file, key, base)) return base;
  return null;
};

/** Whether the key frames of an index are where it says, and what it says. */
const isTrue = async (file: FileHandle, { index, listAt }: Found, fourCc: string): Promise<boolean> => {
  const listed = listedKeys({ index, fourCc, atMost: lookedAt });
  if (listed === null) return false;
  const { keys, firstOffset } = listed;
  const [first] = keys;
  if (first === undefined) return true;
  const base = await findBase(file, offsetBases({ listAt, firstOffset }), first);
  if (base === null) return false;
  let last = -1;
  for (const { name, offset } of keys) {
    if (offset <= last) return false;
    last = offset;
    const bytes = await readAt(file, base + offset, lookBytes);
    if (!isNamed({ head: bytes, name }) || !mayBeKey({ packet: bytes.subarray(packetHeadBytes), fourCc })) return false;
  }
  return true;
};

/**
 * Whether a reader can begin in the middle of an AVI: its index stands at the end, where it is missing from files that were
 * cut off, and its marks of key frames are not always true. Bounded in time and memory; of any other file true.
 */
export const canBeginInside = async (path: string): Promise<boolean> => {
  const file = await open(path, "r");
  try {
    const headers = await readAt(file, 0, headerBytes);
    if (!isRiff(headers)) return true;
    const found = await findIndex(file);
    return found !== null && (await isTrue(file, found, aviPictureCodec(headers)));
  } finally {
    await file.close();
  }
};
