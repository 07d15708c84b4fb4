import { type EbmlElement, ebmlElements, ebmlFloat, ebmlUint } from "#lib/media/source/source-ebml.ts";
import { requireOf, SourceRefusal } from "#lib/media/source/source-refusal.ts";

/** Ids of the elements that are read (RFC 9559). */
export const matroskaIds = {
  ebml: 0x1a45dfa3,
  segment: 0x18538067,
  seekHead: 0x114d9b74,
  info: 0x1549a966,
  tracks: 0x1654ae6b,
  cues: 0x1c53bb6b,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  simpleBlock: 0xa3,
  blockGroup: 0xa0,
  block: 0xa1,
  reference: 0xfb,
} as const;

const maxTracks = 100;
const maxCues = 200_000;

const find = (elements: readonly EbmlElement[], id: number) => elements.find((element) => element.id === id)?.body;
const uintOf = (elements: readonly EbmlElement[], id: number, otherwise: number) => {
  const body = find(elements, id);
  return body === undefined ? otherwise : ebmlUint(body);
};

/** What the `Info` element says. */
export type MatroskaInfo = { /** Ticks of all block times per second. */ timescale: number; durationTicks: number };

/** Reads `Info`. Throws `SourceRefusal` when a tick is no whole part of a second or no duration is declared. */
export const readMatroskaInfo = (body: Uint8Array): MatroskaInfo => {
  const elements = ebmlElements(body, 100);
  const nanoseconds = uintOf(elements, 0x2ad7b1, 1_000_000);
  requireOf(nanoseconds > 0 && 1e9 % nanoseconds === 0, `ticks of ${nanoseconds} ns`);
  const duration = ebmlFloat(find(elements, 0x4489) ?? new Uint8Array());
  return { timescale: 1e9 / nanoseconds, durationTicks: Number.isFinite(duration) ? duration : 0 };
};

/** One track as its entry describes it. */
export type MatroskaTrack = {
  /** ffprobe's index of the stream. */
  index: number;
  number: number;
  kind: "video" | "audio" | "other";
  codecId: string;
  codecPrivate: Uint8Array;
  /** Whether its packets are compressed or encrypted, or its times scaled. */
  encoded: boolean;
  /** Seconds that are taken off its block times. */
  delaySeconds: number;
  width: number;
  height: number;
};

const kinds: Record<number, MatroskaTrack["kind"]> = { 1: "video", 2: "audio" };

const readTrack = (body: Uint8Array, index: number): MatroskaTrack => {
  const entry = ebmlElements(body, 200);
  const video = ebmlElements(find(entry, 0xe0) ?? new Uint8Array(), 100);
  const scale = find(entry, 0x23314f);
  return {
    index,
    number: uintOf(entry, 0xd7, 0),
    kind: kinds[uintOf(entry, 0x83, 0)] ?? "other",
    codecId: new TextDecoder("latin1").decode(find(entry, 0x86) ?? new Uint8Array()).replace(/\0+$/, ""),
    codecPrivate: (find(entry, 0x63a2) ?? new Uint8Array()).slice(),
    encoded: find(entry, 0x6d80) !== undefined || (scale !== undefined && ebmlFloat(scale) !== 1),
    delaySeconds: uintOf(entry, 0x56aa, 0) / 1e9,
    width: uintOf(video, 0xb0, 0),
    height: uintOf(video, 0xba, 0),
  };
};

/** Types that ffprobe gives an index to: picture, sound, text and data. */
const countedTypes = new Set([1, 2, 0x11, 0x21]);

/** Reads `Tracks`, in ffprobe's order. */
export const readMatroskaTracks = (body: Uint8Array): MatroskaTrack[] => {
  const entries = ebmlElements(body, maxTracks * 2).filter(({ id }) => id === 0xae);
  requireOf(entries.length <= maxTracks, "too many tracks");
  return entries
    .filter((entry) => countedTypes.has(uintOf(ebmlElements(entry.body, 200), 0x83, 0)))
    .map((entry, index) => readTrack(entry.body, index));
};

/** Where the segment's parts lie, relative to the segment's body, by their ids. */
export const readSeekHead = (body: Uint8Array): Map<number, number> =>
  new Map(
    ebmlElements(body, 100)
      .filter(({ id }) => id === 0x4dbb)
      .map((seek): [number, number] => {
        const elements = ebmlElements(seek.body, 10);
        return [uintOf(elements, 0x53ab, 0), uintOf(elements, 0x53ac, -1)];
      })
      .filter(([, position]) => position >= 0),
  );

/** A key frame of the picture as the index names it. `relative` counts from the cluster's body; null when left out. */
export type MatroskaCue = { ticks: number; cluster: number; relative: number | null };

/** The cues of one track, in order, equal times once. Throws `SourceRefusal` when they are out of order. */
export const readMatroskaCues = (body: Uint8Array, trackNumber: number): MatroskaCue[] => {
  const cues: MatroskaCue[] = [];
  for (const point of ebmlElements(body, maxCues)) {
    if (point.id !== 0xbb) continue;
    const elements = ebmlElements(point.body, 200);
    const ticks = uintOf(elements, 0xb3, 0);
    for (const place of elements.filter(({ id }) => id === 0xb7)) {
      const position = ebmlElements(place.body, 20);
      if (uintOf(position, 0xf7, 0) !== trackNumber) continue;
      const relative = find(position, 0xf0);
      const cue = {
        ticks,
        cluster: uintOf(position, 0xf1, 0),
        relative: relative === undefined ? null : ebmlUint(relative),
      };
      const last = cues.at(-1);
      if (last?.ticks === ticks) continue;
      requireOf(last === undefined || (last.ticks < ticks && last.cluster <= cue.cluster), "cues out of order");
      cues.push(cue);
    }
  }
  return cues;
};

/** What stands before a block's packet: track, time relative to the cluster, flags. */
export type BlockHead = { track: number; relativeTicks: number; key: boolean; laced: boolean; headBytes: number };

/** Reads the head of a `SimpleBlock` or `Block` out of the first bytes of its body. */
export const readBlockHead = (bytes: Uint8Array): BlockHead => {
  const [first = 0, second = 0] = bytes;
  const long = (first & 0x80) === 0;
  if (long && (first & 0x40) === 0) throw new SourceRefusal("a track number of more than two bytes");
  const at = long ? 2 : 1;
  requireOf(bytes.byteLength >= at + 3, "a block that is too small");
  const time = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  const flags = bytes[at + 2] ?? 0;
  return {
    track: long ? ((first & 0x3f) << 8) | second : first & 0x7f,
    relativeTicks: time >= 0x8000 ? time - 0x1_0000 : time,
    key: (flags & 0x80) !== 0,
    laced: (flags & 0x06) !== 0,
    headBytes: at + 3,
  };
};
