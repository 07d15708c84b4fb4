/**
 * Every packet of one track in decode order, as columns, so that a film of two hours takes a few megabytes. Times are in
 * ticks of the track's time scale, counted from the run's time 0.
 */
export type SourceTable = {
  count: number;
  /** Presentation times. */
  times: Float64Array;
  /** Places in the file. */
  offsets: Float64Array;
  sizes: Uint32Array;
  /** 1 for packets that decoding can start at. */
  keys: Uint8Array;
  /** Presentation end of the last packet. */
  endTicks: number;
};

/** Bytes that a table holds in memory. */
export const tableBytes = (table: SourceTable): number =>
  table.times.byteLength + table.offsets.byteLength + table.sizes.byteLength + table.keys.byteLength;
