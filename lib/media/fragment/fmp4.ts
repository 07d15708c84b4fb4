import { MediaFailure } from "#lib/media/failures.ts";

/** A box: its kind and the stretch of its body. */
type Box = { type: string; start: number; end: number };

const damaged = (what: string) => new MediaFailure("processing_failed", { detail: `fragment: ${what}` });

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * Boxes between two offsets. Stops quietly before a box that reaches beyond the bytes at hand, because callers read
 * only the head of a segment and `mdat` is not in it.
 */
const boxesIn = (view: DataView, start: number, end: number): Box[] => {
  const boxes: Box[] = [];
  let at = start;
  while (at + 8 <= end) {
    const size = view.getUint32(at);
    if (size < 8 || at + size > end) break;
    const type = String.fromCharCode(...[4, 5, 6, 7].map((offset) => view.getUint8(at + offset)));
    boxes.push({ type, start: at + 8, end: at + size });
    at += size;
  }
  return boxes;
};

const find = (view: DataView, range: { start: number; end: number }, path: readonly string[]): Box | null => {
  const [type, ...rest] = path;
  const box = boxesIn(view, range.start, range.end).find((candidate) => candidate.type === type);
  if (box === undefined) return null;
  return rest.length === 0 ? box : find(view, box, rest);
};

const requireBox = (view: DataView, range: { start: number; end: number }, path: readonly string[]): Box => {
  const box = find(view, range, path);
  if (box === null) throw damaged(`no ${path.join("/")}`);
  return box;
};

const u64 = (view: DataView, at: number): number => {
  const value = view.getBigUint64(at);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw damaged("time out of range");
  return Number(value);
};

const hex = (value: number) => value.toString(16).padStart(2, "0");

/** What an init segment says. `width` and `height` are null for sound. */
export type InitInfo = { codecs: string; timescale: number; width: number | null; height: number | null };

/** ISO/IEC 14496-1: a descriptor's size is given in up to four groups of seven bits. */
const skipDescriptorHead = (view: DataView, at: number): number => {
  let next = at + 1;
  for (let groups = 0; groups < 4; groups += 1) {
    const group = view.getUint8(next);
    next += 1;
    if ((group & 0x80) === 0) break;
  }
  return next;
};

/** Object type of the decoder's configuration: `mp4a.40.2` for AAC-LC (RFC 6381, section 3.3). */
const audioCodec = (view: DataView, esds: Box): string => {
  // Version and flags, ES descriptor (id and flags), decoder configuration descriptor, decoder specific info.
  const es = skipDescriptorHead(view, esds.start + 4);
  const config = skipDescriptorHead(view, es + 3);
  const objectType = view.getUint8(config);
  const specific = skipDescriptorHead(view, config + 13);
  const first = view.getUint8(specific) >> 3;
  const audioObject =
    first === 31 ? 32 + (((view.getUint8(specific) & 7) << 3) | (view.getUint8(specific + 1) >> 5)) : first;
  return `mp4a.${hex(objectType)}.${audioObject}`;
};

/**
 * Reads our own init segment: the codecs string as RFC 6381 writes it, the time scale and the size. Throws
 * `MediaFailure` `processing_failed` when it is not what our encoder writes.
 */
export const readInit = (bytes: Uint8Array): InitInfo => {
  const view = viewOf(bytes);
  const all = { start: 0, end: bytes.byteLength };
  const mdia = requireBox(view, all, ["moov", "trak", "mdia"]);
  const mdhd = requireBox(view, mdia, ["mdhd"]);
  const timescale = view.getUint32(mdhd.start + (view.getUint8(mdhd.start) === 1 ? 20 : 12));
  const stsd = requireBox(view, mdia, ["minf", "stbl", "stsd"]);
  const entry = boxesIn(view, stsd.start + 8, stsd.end)[0];
  if (entry === undefined || timescale === 0) throw damaged("no sample entry");
  if (entry.type === "avc1") {
    const avcC = requireBox(view, { start: entry.start + 78, end: entry.end }, ["avcC"]);
    const [profile, constraints, level] = [1, 2, 3].map((offset) => hex(view.getUint8(avcC.start + offset)));
    const size = { width: view.getUint16(entry.start + 24), height: view.getUint16(entry.start + 26) };
    return { codecs: `avc1.${profile}${constraints}${level}`, timescale, ...size };
  }
  if (entry.type !== "mp4a") throw damaged(`sample entry ${entry.type}`);
  const esds = requireBox(view, { start: entry.start + 28, end: entry.end }, ["esds"]);
  return { codecs: audioCodec(view, esds), timescale, width: null, height: null };
};

/** What a segment's `moof` says; times in units of the track's time scale. */
export type SegmentInfo = {
  /** Decode time of the first sample (`tfdt`). */
  startTicks: number;
  durationTicks: number;
  sampleCount: number;
  /** Presentation time of the first sample of all, relative to `startTicks`. */
  firstCompositionOffset: number;
  startsWithSync: boolean;
  /** Bytes of the first sample, counted from the beginning of the segment. */
  firstSample: { start: number; end: number };
  trackId: number;
};

type Defaults = { duration: number; size: number; flags: number; baseOffset: number | null };

const readTfhd = (view: DataView, tfhd: Box): Defaults => {
  const flags = view.getUint32(tfhd.start) & 0xffffff;
  let at = tfhd.start + 8;
  const take = (bit: number, bytes: 4 | 8): number => {
    if ((flags & bit) === 0) return 0;
    const value = bytes === 4 ? view.getUint32(at) : u64(view, at);
    at += bytes;
    return value;
  };
  const base = take(0x1, 8);
  take(0x2, 4);
  const duration = take(0x8, 4);
  const size = take(0x10, 4);
  return { duration, size, flags: take(0x20, 4), baseOffset: (flags & 0x1) === 0 ? null : base };
};

type Run = {
  duration: number;
  count: number;
  smallestOffset: number;
  firstFlags: number;
  dataOffset: number;
  firstSize: number;
};

const readTrun = (view: DataView, trun: Box, defaults: Defaults): Run => {
  const version = view.getUint8(trun.start);
  const flags = view.getUint32(trun.start) & 0xffffff;
  const count = view.getUint32(trun.start + 4);
  const dataOffset = (flags & 0x1) === 0 ? 0 : view.getInt32(trun.start + 8);
  let at = trun.start + 8 + ((flags & 0x1) === 0 ? 0 : 4);
  let firstFlags = defaults.flags;
  if ((flags & 0x4) !== 0) {
    firstFlags = view.getUint32(at);
    at += 4;
  }
  const has = {
    duration: (flags & 0x100) !== 0,
    size: (flags & 0x200) !== 0,
    flags: (flags & 0x400) !== 0,
    offset: (flags & 0x800) !== 0,
  };
  const perSample = 4 * Object.values(has).filter(Boolean).length;
  if (at + count * perSample > trun.end) throw damaged("trun beyond its box");
  let duration = 0;
  let smallestOffset = count === 0 || !has.offset ? 0 : Number.POSITIVE_INFINITY;
  let decodeTime = 0;
  const firstSize = has.size && count > 0 ? view.getUint32(at + (has.duration ? 4 : 0)) : defaults.size;
  for (let index = 0; index < count; index += 1) {
    const own = has.duration ? view.getUint32(at) : defaults.duration;
    const flagsAt = at + (has.duration ? 4 : 0) + (has.size ? 4 : 0);
    if (has.flags && index === 0 && (flags & 0x4) === 0) firstFlags = view.getUint32(flagsAt);
    if (has.offset) {
      const offsetAt = flagsAt + (has.flags ? 4 : 0);
      const offset = version === 0 ? view.getUint32(offsetAt) : view.getInt32(offsetAt);
      smallestOffset = Math.min(smallestOffset, decodeTime + offset);
    }
    duration += own;
    decodeTime += own;
    at += perSample;
  }
  return { duration, count, smallestOffset, firstFlags, dataOffset, firstSize };
};

/** `sample_is_non_sync_sample`, ISO/IEC 14496-12 section 8.8.3.1. */
const nonSync = 0x10000;

/**
 * Reads the head of one of our own segments, up to the end of its `moof`: one track, one fragment. Throws
 * `MediaFailure` `processing_failed` when the `moof` is not complete in `bytes` or not what our encoder writes.
 */
export const readSegment = (bytes: Uint8Array): SegmentInfo => {
  const view = viewOf(bytes);
  const moof = requireBox(view, { start: 0, end: bytes.byteLength }, ["moof"]);
  const traf = requireBox(view, moof, ["traf"]);
  const tfhd = requireBox(view, traf, ["tfhd"]);
  const defaults = readTfhd(view, tfhd);
  const tfdt = requireBox(view, traf, ["tfdt"]);
  const startTicks = view.getUint8(tfdt.start) === 1 ? u64(view, tfdt.start + 4) : view.getUint32(tfdt.start + 4);
  const runs = boxesIn(view, traf.start, traf.end)
    .filter((box) => box.type === "trun")
    .map((trun) => readTrun(view, trun, defaults));
  const first = runs[0];
  if (first === undefined) throw damaged("no trun");
  // Section 8.8.7: counted from the `moof` unless `tfhd` names a place.
  const sampleStart = (defaults.baseOffset ?? moof.start - 8) + first.dataOffset;
  return {
    startTicks,
    durationTicks: runs.reduce((sum, run) => sum + run.duration, 0),
    sampleCount: runs.reduce((sum, run) => sum + run.count, 0),
    firstCompositionOffset: first.smallestOffset,
    startsWithSync: (first.firstFlags & nonSync) === 0,
    firstSample: { start: sampleStart, end: sampleStart + first.firstSize },
    trackId: view.getUint32(tfhd.start + 4),
  };
};
