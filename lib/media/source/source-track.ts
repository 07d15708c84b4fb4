import { type FragmentPackets, fragmentHeadBytes } from "#lib/media/fragment/fragment-segment.ts";
import { type MeasuredSegment, measureBandwidth } from "#lib/media/playlists/measurements.ts";
import { requireOf } from "#lib/media/source/source-refusal.ts";
import type { SourceTrack } from "#lib/media/source/source-rung.ts";
import type { SourceTable } from "#lib/media/source/source-table.ts";

/** A segment larger than this is not held in memory: 12 s of 64 Mbit/s. */
export const maxSegmentBytes = 96 * 1024 * 1024;

/** Packets `from` up to, not including, `to` of a table, in decode order. */
export type PacketRange = { from: number; to: number };

/** The packets of one segment as the fragment writer wants them. */
export const fragmentOf = (input: {
  kind: "video" | "audio";
  table: SourceTable;
  range: PacketRange;
  endTicks: number;
}): FragmentPackets => {
  const { kind, table, range, endTicks } = input;
  const { from, to } = range;
  return {
    ...{ kind, endTicks },
    times: table.times.subarray(from, to),
    sizes: table.sizes.subarray(from, to),
    keys: table.keys.subarray(from, to),
  };
};

const mediaBytes = (table: SourceTable, { from, to }: PacketRange): number => {
  let sum = 0;
  for (let index = from; index < to; index += 1) sum += table.sizes[index] ?? 0;
  return sum;
};

/** A segment's bytes and length, known before it exists. */
export type ExpectedSegment = MeasuredSegment;

/** What a track's segments will weigh, exactly, out of the packets' sizes. */
export const expectedSegments = (input: {
  kind: "video" | "audio";
  table: SourceTable;
  ranges: readonly PacketRange[];
  starts: readonly number[];
  timescale: number;
}): ExpectedSegment[] =>
  input.ranges.map((range, index) => {
    const { kind, table, starts, timescale } = input;
    const head = fragmentHeadBytes({ kind, count: range.to - range.from });
    const end = starts[index + 1] ?? table.endTicks;
    return { sizeBytes: head + mediaBytes(table, range), seconds: (end - (starts[index] ?? 0)) / timescale };
  });

/** Facts of a track that are the same for every container, put together. Throws `SourceRefusal` for huge segments. */
export const sourceTrack = (input: {
  head: Pick<SourceTrack, "rendition" | "streamIndex" | "codecs" | "timescale" | "starts" | "endTicks">;
  initBytes: number;
  segments: readonly ExpectedSegment[];
}): SourceTrack => {
  const { segments } = input;
  const longest = segments.reduce((most, { seconds }) => Math.max(most, Math.round(seconds)), 1);
  requireOf(
    segments.every(({ sizeBytes }) => sizeBytes <= maxSegmentBytes),
    "a segment that is too large to be held",
  );
  return {
    ...input.head,
    bandwidth: measureBandwidth({ segments, targetSeconds: longest }),
    sizeBytes: segments.reduce((sum, { sizeBytes }) => sum + sizeBytes, input.initBytes),
  };
};

/** Index of the first packet at or after a time, in a table whose times only grow. */
export const firstAtOrAfter = (times: Float64Array, ticks: number): number => {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) < ticks) low = middle + 1;
    else high = middle;
  }
  return low;
};

/**
 * Where a sound track is cut: at the first packet at or after each cut of the picture; what lies before time 0 is left
 * out (priming would shift all that follows). Gives no empty segment: sound that ends early has fewer of them.
 */
export const soundStarts = (input: {
  table: SourceTable;
  timescale: number;
  cutSeconds: readonly number[];
}): number[] => {
  const { times } = input.table;
  const starts = input.cutSeconds.map((seconds, index) =>
    firstAtOrAfter(times, index === 0 ? 0 : Math.ceil(seconds * input.timescale - 0.001)),
  );
  return starts.filter((start, index) => start < times.length && start !== starts[index - 1]);
};

/** The stretches of packets between starts, the last one up to the end. */
export const rangesOf = (starts: readonly number[], count: number): PacketRange[] =>
  starts.map((from, index) => ({ from, to: starts[index + 1] ?? count }));
