import type { SourceFormat } from "#lib/media/source/source-format.ts";
import type { ByteSource } from "#lib/packaging/byte-source.ts";

/** A stretch of a track: from the packet at `startTicks` up to the one at `endTicks`, or to the end. */
export type SegmentWish = { index: number; startTicks: number; endTicks: number; last: boolean };

/** One track of an opened source: what its segments are made with. Holds no file open. */
export type TrackReader = {
  format: SourceFormat;
  timescale: number;
  /** Bytes of memory it holds. */
  memoryBytes: number;
  /** A media segment. Throws when the source does not have that stretch. */
  segment: (source: ByteSource, wish: SegmentWish) => Promise<Uint8Array<ArrayBuffer>>;
};
