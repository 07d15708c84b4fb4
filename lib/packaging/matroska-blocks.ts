import { ebmlHeadBytes, ebmlUint, readEbmlHead } from "#lib/media/source/source-ebml.ts";
import { matroskaIds, readBlockHead } from "#lib/media/source/source-matroska.ts";
import { requireOf, SourceRefusal } from "#lib/media/source/source-refusal.ts";
import type { ByteWindow } from "#lib/packaging/byte-window.ts";

/** One packet as a block holds it; `ticks` is the block's time in the file. */
export type MatroskaPacket = {
  track: number;
  ticks: number;
  key: boolean;
  laced: boolean;
  /** Place and size of the packet itself. */
  offset: number;
  sizeBytes: number;
  /** Place of the element that holds it. */
  position: number;
};

/** Where a walk begins: at a cluster, or at a block in a cluster whose time is known. */
export type WalkStart = { at: number; clusterTicks: number | null };

const blockHeadBytes = 5;
/** Everything in a group but the block itself is small. */
const maxGroupChildren = 20;

const packetOf = async (input: {
  window: ByteWindow;
  clusterTicks: number;
  body: { start: number; end: number };
  position: number;
  reference: boolean | null;
}): Promise<MatroskaPacket> => {
  const { window, body, reference } = input;
  const head = readBlockHead(await window.look(body.start, Math.min(blockHeadBytes, body.end - body.start)));
  return {
    track: head.track,
    ticks: input.clusterTicks + head.relativeTicks,
    key: reference === null ? head.key : !reference,
    laced: head.laced,
    offset: body.start + head.headBytes,
    sizeBytes: body.end - body.start - head.headBytes,
    position: input.position,
  };
};

/** The block of a group and whether it refers to others. */
const groupOf = async (window: ByteWindow, group: { start: number; end: number }) => {
  let [block, reference]: [{ start: number; end: number } | null, boolean] = [null, false];
  let at = group.start;
  for (let children = 0; at < group.end; children += 1) {
    const head = readEbmlHead(await window.look(at, ebmlHeadBytes));
    if (head?.size == null || children >= maxGroupChildren) throw new SourceRefusal("a damaged block group");
    const body = { start: at + head.headBytes, end: at + head.headBytes + head.size };
    requireOf(body.end <= group.end, "an element beyond its parent");
    if (head.id === matroskaIds.block) block = body;
    if (head.id === matroskaIds.reference) reference = true;
    at = body.end;
  }
  if (block === null) throw new SourceRefusal("a group without a block");
  return { block, reference };
};

/**
 * Walks over the packets' heads from `start` on without reading the packets: a flat walk that goes into clusters and
 * over everything else, so that neither unknown nor wrong sizes of clusters matter. Ends with the file, or before an
 * element that is not all there. Throws `SourceRefusal` for damage and after `maxPackets`.
 */
export async function* walkPackets(input: {
  window: ByteWindow;
  start: WalkStart;
  maxPackets: number;
}): AsyncGenerator<MatroskaPacket> {
  const { window, start, maxPackets } = input;
  const fileEnd = window.source.sizeBytes;
  let { at, clusterTicks } = start;
  for (let elements = 0; at < fileEnd; elements += 1) {
    requireOf(elements < maxPackets * 2, "more packets than a walk takes");
    const position = at;
    const head = readEbmlHead(await window.look(at, ebmlHeadBytes));
    // What a recorder that was cut off leaves behind.
    if (head === null) return;
    const body = { start: at + head.headBytes, end: at + head.headBytes + (head.size ?? 0) };
    if (head.id === matroskaIds.cluster) {
      at = body.start;
      clusterTicks = null;
      continue;
    }
    if (head.size === null) throw new SourceRefusal("an element of unknown size");
    if (body.end > fileEnd) return;
    at = body.end;
    if (head.id === matroskaIds.timestamp && head.size <= 8) {
      clusterTicks = ebmlUint(await window.look(body.start, head.size));
    }
    const group = head.id === matroskaIds.blockGroup ? await groupOf(window, body) : null;
    if (group === null && head.id !== matroskaIds.simpleBlock) continue;
    if (clusterTicks === null) throw new SourceRefusal("a block before its cluster's time");
    const held = group?.block ?? body;
    yield packetOf({ window, clusterTicks, body: held, position, reference: group?.reference ?? null });
  }
}
