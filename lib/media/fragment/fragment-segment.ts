import { ascii, box, fullBox, u32, u64 } from "#lib/media/fragment/fragment-boxes.ts";

/** One media segment: packets of one track in decode order. Times in ticks from the run's time 0. */
export type FragmentPackets = {
  kind: "video" | "audio";
  /** Presentation times. */
  times: Float64Array;
  sizes: Uint32Array;
  /** 1 for packets that decoding can start at. */
  keys: Uint8Array;
  /** Where the next segment starts, or the track ends. */
  endTicks: number;
};

// ISO/IEC 14496-12 section 8.8.3.1: does not depend on others; depends on others and is no sync sample.
const keyFlags = 0x0200_0000;
const otherFlags = 0x0101_0000;

const segmentType = box("styp", ascii("msdh"), u32(0), ascii("msdh"), ascii("msix"), ascii("cmfs"));
/** `moof` without its samples: heads of moof, mfhd, traf, tfhd, tfdt, trun. */
const moofBytes = 8 + 16 + 8 + 20 + 20 + 20;

/** Bytes that stand before the first packet: a function of the kind and the number of packets alone. */
export const fragmentHeadBytes = ({ kind, count }: { kind: "video" | "audio"; count: number }): number =>
  segmentType.byteLength + moofBytes + count * (kind === "video" ? 16 : 8) + 8;

/** Bit flags of `trun`: data offset, duration, size; for pictures also flags and composition offset. */
const runFlags = { video: 0xf01, audio: 0x301 } as const;

/** `trun` version 1: durations are the differences of sorted times, pictures carry signed composition offsets. */
const trackRun = ({ packets, dataOffset }: { packets: FragmentPackets; dataOffset: number }): Uint8Array => {
  const { kind, times, sizes, keys, endTicks } = packets;
  const decodeTimes = times.toSorted();
  const body = new DataView(new ArrayBuffer(8 + times.length * (kind === "video" ? 16 : 8)));
  body.setUint32(0, times.length);
  body.setInt32(4, dataOffset);
  let at = 8;
  for (let index = 0; index < times.length; index += 1) {
    const decodeTime = decodeTimes[index] ?? 0;
    const size = sizes[index] ?? 0;
    body.setUint32(at, (decodeTimes[index + 1] ?? endTicks) - decodeTime);
    body.setUint32(at + 4, size);
    at += 8;
    if (kind === "video") {
      body.setUint32(at, keys[index] === 1 ? keyFlags : otherFlags);
      body.setInt32(at + 4, (times[index] ?? 0) - decodeTime);
      at += 8;
    }
  }
  return fullBox("trun", { version: 1, flags: runFlags[kind] }, new Uint8Array(body.buffer));
};

/**
 * Everything of a segment before its packets' bytes: `styp`, `moof` and the head of `mdat`. Decode times are the sorted
 * presentation times, so `tfdt` is the time of the first picture shown and composition offsets may be negative; that is
 * how encoded rungs are written too, and what makes switches between them seamless. `index` counts segments from 0.
 */
export const fragmentHead = ({ packets, index }: { packets: FragmentPackets; index: number }): Uint8Array => {
  const { kind, times, sizes } = packets;
  const bytes = new Uint8Array(fragmentHeadBytes({ kind, count: times.length }));
  const dataOffset = bytes.byteLength - segmentType.byteLength;
  const first = times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
  const defaults = fullBox("tfhd", { version: 0, flags: 0x02_0020 }, u32(1), u32(keyFlags));
  const decodeTime = fullBox("tfdt", { version: 1, flags: 0 }, u64(first));
  const track = box("traf", defaults, decodeTime, trackRun({ packets, dataOffset }));
  const moof = box("moof", fullBox("mfhd", { version: 0, flags: 0 }, u32(index + 1)), track);
  const media = sizes.reduce((sum, size) => sum + size, 8);
  bytes.set(segmentType, 0);
  bytes.set(moof, segmentType.byteLength);
  bytes.set(u32(media), segmentType.byteLength + moof.byteLength);
  bytes.set(ascii("mdat"), segmentType.byteLength + moof.byteLength + 4);
  return bytes;
};
