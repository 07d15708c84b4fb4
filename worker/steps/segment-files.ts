import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type InitInfo, readInit } from "#lib/media/fragment/fmp4.ts";
import type { TrackPackets } from "#lib/media/fragment/fragment-packets.ts";
import { fragmentHead } from "#lib/media/fragment/fragment-segment.ts";
import type { RenditionPart } from "#lib/media/playlists/rendition-parts.ts";
import { initKey, type RunRef, segmentKey, segmentName } from "#lib/storage/keys.ts";

/** File name of an init segment in scratch. */
const initName = "init.mp4";

/** A row of finished segments and the files that hold them. */
export type Stretch = { part: RenditionPart; files: { path: string; key: string }[] };

/** One segment to write: its packets, and its place as the playlist tells it. */
export type NewSegment = { index: number; packets: TrackPackets; startTicks: number; endTicks: number };

/** Writes segments of one rendition and gathers them into stretches. */
export type SegmentFiles = {
  /** Must be called once, before the first segment. */
  setInit: (bytes: Uint8Array) => InitInfo;
  /** Writes a segment; one that is published already is passed over. */
  add: (segment: NewSegment) => Promise<void>;
  /** The first `atMost` segments of those added and not taken yet; null when there are none. */
  take: (atMost: number) => Promise<Stretch | null>;
  /** How many were added and not taken yet. */
  ready: () => number;
  /** Whether any segment was added or passed over. */
  hasAny: () => boolean;
};

type Init = { bytes: Uint8Array; info: InitInfo; hash: string };

const segmentOf = ({ startTicks, endTicks }: NewSegment, sizeBytes: number, keyFrameBytes: number) => ({
  ...{ start: startTicks, duration: endTicks - startTicks, sizeBytes, keyFrameBytes },
});

/**
 * Segment files in a folder of scratch. `next` is the first segment that is not published yet. The init segment goes
 * with segment 0; those of other chunks are the same.
 */
export const segmentFiles = (input: {
  run: RunRef;
  rendition: string;
  kind: "video" | "audio";
  folder: string;
  next: number;
}): SegmentFiles => {
  const { run, rendition, kind, folder } = input;
  let { next } = input;
  let init: Init | null = null;
  let any = false;
  let pending: RenditionPart["segments"] = [];

  const setInit = (bytes: Uint8Array): InitInfo => {
    const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 32);
    init = { bytes, info: readInit(bytes), hash };
    return init.info;
  };

  const add = async (segment: NewSegment) => {
    any = true;
    const { index, packets } = segment;
    if (index < next + pending.length) return;
    const head = fragmentHead({
      index,
      packets: {
        kind,
        times: Float64Array.from(packets.times),
        sizes: Uint32Array.from(packets.sizes),
        keys: Uint8Array.from(packets.keys),
        endTicks: segment.endTicks,
      },
    });
    await writeFile(join(folder, segmentName(index)), [head, packets.data]);
    const sizeBytes = head.byteLength + packets.data.byteLength;
    pending.push(segmentOf(segment, sizeBytes, head.byteLength + (packets.sizes[0] ?? 0)));
  };

  const take = async (atMost: number): Promise<Stretch | null> => {
    if (init === null || pending.length === 0) return null;
    const firstSegment = next;
    const segments = pending.slice(0, atMost);
    next += segments.length;
    pending = pending.slice(atMost);
    const initPath = join(folder, initName);
    if (firstSegment === 0) await writeFile(initPath, init.bytes);
    const files = segments.map((_, at) => ({
      path: join(folder, segmentName(firstSegment + at)),
      key: segmentKey({ ...run, rendition, index: firstSegment + at }),
    }));
    return {
      part: {
        ...{ rendition, initHash: init.hash, initBytes: init.bytes.byteLength, ...init.info },
        ...{ firstSegment, segments },
      },
      files: firstSegment === 0 ? [{ path: initPath, key: initKey({ ...run, rendition }) }, ...files] : files,
    };
  };

  return { setInit, add, take, ready: () => pending.length, hasAny: () => any };
};
