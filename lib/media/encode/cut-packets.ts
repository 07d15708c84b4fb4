import type { TrackPackets } from "#lib/media/fragment/fragment-packets.ts";

/** Packets of several fragments in a row. Throws nothing; an empty list gives no packets. */
export const joinPackets = (pieces: readonly TrackPackets[]): TrackPackets => {
  const data = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.data.byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    data.set(piece.data, at);
    at += piece.data.byteLength;
  }
  return {
    times: pieces.flatMap(({ times }) => times),
    sizes: pieces.flatMap(({ sizes }) => sizes),
    keys: pieces.flatMap(({ keys }) => keys),
    data,
    endTicks: Math.max(...pieces.map(({ endTicks }) => endTicks)),
  };
};

/**
 * Splits packets of sound at the first one that begins at or after `cutTicks`; null when there is none yet. `before` ends
 * where `after` begins.
 */
export const cutPackets = (
  packets: TrackPackets,
  cutTicks: number,
): { before: TrackPackets; after: TrackPackets } | null => {
  const at = packets.times.findIndex((time) => time >= cutTicks);
  const cutTime = packets.times[at];
  if (cutTime === undefined || at === 0) return null;
  const bytes = packets.sizes.slice(0, at).reduce((sum, size) => sum + size, 0);
  return {
    before: {
      times: packets.times.slice(0, at),
      sizes: packets.sizes.slice(0, at),
      keys: packets.keys.slice(0, at),
      data: packets.data.subarray(0, bytes),
      endTicks: cutTime,
    },
    after: {
      times: packets.times.slice(at),
      sizes: packets.sizes.slice(at),
      keys: packets.keys.slice(at),
      data: packets.data.subarray(bytes),
      endTicks: packets.endTicks,
    },
  };
};
