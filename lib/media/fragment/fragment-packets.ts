import { MediaFailure } from "#lib/media/failures.ts";
import { findBox, type Mp4Box, type Mp4Range, viewOf } from "#lib/media/source/mp4-boxes.ts";

/** Packets of one track in decode order, with their bytes one after the other. Times in ticks of the track. */
export type TrackPackets = {
  /** Presentation times. */
  times: number[];
  sizes: number[];
  /** 1 for packets that decoding can start at. */
  keys: number[];
  data: Uint8Array;
  /** Where the last packet in presentation order ends, by its own duration. */
  endTicks: number;
};

/** `sample_is_non_sync_sample`, ISO/IEC 14496-12 section 8.8.3.1. */
const nonSync = 0x10000;

const wrong = (what: string) => new MediaFailure("processing_failed", { detail: `fragment: ${what}` });

const need = (view: DataView, range: Mp4Range, path: readonly string[]): Mp4Box => {
  const box = findBox(view, range, path);
  if (box === null) throw wrong(`no ${path.join("/")}`);
  return box;
};

const signed64 = (view: DataView, at: number) => Number(view.getBigInt64(at));

/** Defaults of a fragment's samples (section 8.8.7); those that are absent stand in every sample. */
const readDefaults = (view: DataView, tfhd: Mp4Box) => {
  const flags = view.getUint32(tfhd.start) & 0xffffff;
  let at = tfhd.start + 8;
  const take = (bit: number, bytes: number): number => {
    if ((flags & bit) === 0) return 0;
    const value = view.getUint32(at);
    at += bytes;
    return value;
  };
  take(0x1, 8);
  take(0x2, 4);
  return { duration: take(0x8, 4), size: take(0x10, 4), flags: take(0x20, 4) };
};

type Defaults = ReturnType<typeof readDefaults>;
type Sample = { duration: number; size: number; isKey: boolean; offset: number };

/** The samples of a `trun` (section 8.8.8) and where their bytes begin, counted from the `moof`. */
const readRun = (view: DataView, trun: Mp4Box, defaults: Defaults): { dataOffset: number; samples: Sample[] } => {
  const flags = view.getUint32(trun.start) & 0xffffff;
  const count = view.getUint32(trun.start + 4);
  let at = trun.start + 8;
  const next = (bit: number, otherwise: number): number => {
    if ((flags & bit) === 0) return otherwise;
    at += 4;
    return view.getUint32(at - 4);
  };
  const dataOffset = next(0x1, 0);
  const firstFlags = next(0x4, defaults.flags);
  const words = [0x100, 0x200, 0x400, 0x800].filter((bit) => (flags & bit) !== 0).length;
  if (at + count * words * 4 > trun.end) throw wrong("trun beyond its box");
  const samples = Array.from({ length: count }, (_, index): Sample => {
    const duration = next(0x100, defaults.duration);
    const size = next(0x200, defaults.size);
    const own = next(0x400, index === 0 ? firstFlags : defaults.flags);
    // Signed in version 1; version 0 never comes near the sign.
    const offset = next(0x800, 0) | 0;
    return { duration, size, isKey: (own & nonSync) === 0, offset };
  });
  return { dataOffset, samples };
};

/**
 * Reads one fragment (`moof` and `mdat`) that ffmpeg wrote for one track. Throws `MediaFailure` `processing_failed` when
 * it is not what our commands make it write.
 */
export const readFragment = (bytes: Uint8Array): TrackPackets => {
  const view = viewOf(bytes);
  const moof = need(view, { start: 0, end: bytes.byteLength }, ["moof"]);
  const traf = need(view, moof, ["traf"]);
  const tfdt = need(view, traf, ["tfdt"]);
  const { dataOffset, samples } = readRun(
    view,
    need(view, traf, ["trun"]),
    readDefaults(view, need(view, traf, ["tfhd"])),
  );
  const start = moof.start - 8 + dataOffset;
  const bytesOfAll = samples.reduce((sum, { size }) => sum + size, 0);
  if (samples.length === 0 || start + bytesOfAll > bytes.byteLength) throw wrong("bytes are missing");
  const times: number[] = [];
  let decodeTime = view.getUint8(tfdt.start) === 1 ? signed64(view, tfdt.start + 4) : view.getUint32(tfdt.start + 4);
  let endTicks = Number.NEGATIVE_INFINITY;
  for (const { duration, offset } of samples) {
    times.push(decodeTime + offset);
    endTicks = Math.max(endTicks, decodeTime + offset + duration);
    decodeTime += duration;
  }
  return {
    times,
    sizes: samples.map(({ size }) => size),
    keys: samples.map(({ isKey }) => (isKey ? 1 : 0)),
    data: bytes.subarray(start, start + bytesOfAll),
    endTicks,
  };
};
