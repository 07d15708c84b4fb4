import { ebmlHeadBytes, ebmlUint, readEbmlHead } from "#lib/media/source/source-ebml.ts";
import { type MatroskaCue, matroskaIds } from "#lib/media/source/source-matroska.ts";
import { requireOf, SourceRefusal } from "#lib/media/source/source-refusal.ts";
import type { ByteWindow } from "#lib/packaging/byte-window.ts";
import { type MatroskaPacket, type WalkStart, walkPackets } from "#lib/packaging/matroska-blocks.ts";
import type { MatroskaFile } from "#lib/packaging/matroska-layout.ts";

/** Packets of a cluster before the one a cue means, when the cue does not say where in the cluster it lies. */
const maxBefore = 5_000;
/** Small elements that may stand before a cluster's time: checksum, void. */
const maxBeforeTime = 4;

/** Body and time of a cluster. */
const clusterAt = async (window: ByteWindow, at: number): Promise<{ body: number; ticks: number }> => {
  const cluster = readEbmlHead(await window.look(at, ebmlHeadBytes));
  requireOf(cluster?.id === matroskaIds.cluster, "a cue that leads to no cluster");
  const body = at + (cluster?.headBytes ?? 0);
  let child = body;
  for (let elements = 0; elements < maxBeforeTime; elements += 1) {
    const head = readEbmlHead(await window.look(child, ebmlHeadBytes));
    if (head?.size == null) break;
    if (head.id === matroskaIds.timestamp && head.size <= 8) {
      return { body, ticks: ebmlUint(await window.look(child + head.headBytes, head.size)) };
    }
    child += head.headBytes + head.size;
  }
  throw new SourceRefusal("a cluster without a time");
};

/** The first packet of a walk that fits, or null. */
const firstPacket = async (
  walk: AsyncGenerator<MatroskaPacket>,
  fits: (packet: MatroskaPacket) => boolean,
): Promise<MatroskaPacket | null> => {
  for await (const packet of walk) if (fits(packet)) return packet;
  return null;
};

/** A key frame found by its cue: where to walk from, and the packet itself. */
export type MatroskaCut = { start: WalkStart; packet: MatroskaPacket };

/** Goes to the packet that a cue of the picture means. Throws `SourceRefusal` when it is not there. */
export const findCut = async (input: {
  window: ByteWindow;
  file: MatroskaFile;
  cue: MatroskaCue;
  track: number;
}): Promise<MatroskaCut> => {
  const { window, file, cue, track } = input;
  const cluster = file.bodyStart + cue.cluster;
  const { body, ticks } = await clusterAt(window, cluster);
  const direct = cue.relative !== null;
  const start = { at: body + (cue.relative ?? 0), clusterTicks: ticks };
  const walk = walkPackets({ window, start, maxPackets: direct ? 1 : maxBefore });
  const packet = await firstPacket(walk, (found) => direct || (found.track === track && found.ticks === cue.ticks));
  if (packet === null || packet.track !== track || packet.ticks !== cue.ticks || packet.laced) {
    throw new SourceRefusal("a cue that leads to another packet");
  }
  return { start: { at: packet.position, clusterTicks: ticks }, packet };
};
