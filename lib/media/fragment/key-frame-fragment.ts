import type { SegmentInfo } from "#lib/media/fragment/fmp4.ts";
import { box } from "#lib/media/fragment/fragment-boxes.ts";

const words = (...values: readonly number[]): Uint8Array => {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of values.entries()) view.setUint32(index * 4, value);
  return bytes;
};

const defaultBaseIsMoof = 0x020000;
/** Data offset, and duration, size and flags of each sample. */
const trunFlags = 0x000701;
/** Depends on no other sample, and is a sync sample (section 8.8.3.1). */
const syncSample = 0x02000000;
const momentOffset = 0x1_0000_0000;

/**
 * A fragment that holds one key frame and nothing else, `index` seconds into a track: with the init segment before it,
 * a row of them is a file whose every frame is a key frame, cheap to decode whatever lies between in the video.
 * `segment` are the bytes of a segment up to the end of its first sample at least.
 */
export const keyFrameFragment = (input: {
  segment: Uint8Array;
  info: Pick<SegmentInfo, "firstSample" | "trackId">;
  timescale: number;
  index: number;
}): Uint8Array => {
  const { segment, info, timescale, index } = input;
  const sample = segment.subarray(info.firstSample.start, info.firstSample.end);
  const time = index * timescale;
  const moofOf = (dataOffset: number) =>
    box(
      "moof",
      box("mfhd", words(0, index + 1)),
      box(
        "traf",
        box("tfhd", words(defaultBaseIsMoof, info.trackId)),
        box("tfdt", words(0x01000000, Math.floor(time / momentOffset), time % momentOffset)),
        box("trun", words(trunFlags, 1, dataOffset, timescale, sample.byteLength, syncSample)),
      ),
    );
  // The offset is of a fixed width, so the size does not depend on it.
  const moof = moofOf(moofOf(0).byteLength + 8);
  const fragment = new Uint8Array(moof.byteLength + 8 + sample.byteLength);
  fragment.set(moof);
  fragment.set(box("mdat", sample), moof.byteLength);
  return fragment;
};
