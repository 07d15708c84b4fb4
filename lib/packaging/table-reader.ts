import { closedCuts } from "#lib/media/source/source-cuts.ts";
import type { SourceFormat } from "#lib/media/source/source-format.ts";
import { requireOf, SourceRefusal } from "#lib/media/source/source-refusal.ts";
import { type SourceTable, tableBytes } from "#lib/media/source/source-table.ts";
import { firstAtOrAfter, fragmentOf } from "#lib/media/source/source-track.ts";
import type { TrackReader } from "#lib/packaging/track-reader.ts";
import { writeSegment } from "#lib/packaging/write-segment.ts";

/** A map entry of two numbers, roughly. */
const bytesPerStart = 48;

/** Finds the packet that a segment starts with by its presentation time; undefined when there is none. */
type FindStart = { find: (ticks: number) => number | undefined; memoryBytes: number };

const pictureStarts = (table: SourceTable): FindStart => {
  const starts = new Map(closedCuts(table).map(({ at, ticks }) => [ticks, at]));
  return { find: (ticks) => starts.get(ticks), memoryBytes: starts.size * bytesPerStart };
};

const soundStartsOf = ({ times }: SourceTable): FindStart => ({
  find: (ticks) => {
    const at = firstAtOrAfter(times, ticks);
    return times[at] === ticks ? at : undefined;
  },
  memoryBytes: 0,
});

/** A reader of one track whose every packet is known. */
export const tableReader = (input: { format: SourceFormat; timescale: number; table: SourceTable }): TrackReader => {
  const { format, timescale, table } = input;
  const { kind } = format;
  const starts = kind === "video" ? pictureStarts(table) : soundStartsOf(table);
  return {
    format,
    timescale,
    memoryBytes: tableBytes(table) + starts.memoryBytes,
    segment: async (source, { index, startTicks, endTicks, last }) => {
      const from = starts.find(startTicks);
      const to = last ? table.count : starts.find(endTicks);
      if (from === undefined || to === undefined) throw new SourceRefusal("the source has no such cut any more");
      requireOf(to > from, "an empty segment");
      const packets = fragmentOf({ kind, table, range: { from, to }, endTicks });
      return writeSegment({ source, packets, offsets: table.offsets.subarray(from, to), index });
    },
  };
};
