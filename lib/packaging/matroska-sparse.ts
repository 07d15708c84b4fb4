import type { PictureFormat, SoundFormat } from "#lib/media/source/source-format.ts";
import type { MatroskaCue, MatroskaTrack } from "#lib/media/source/source-matroska.ts";
import { readMatroskaCues } from "#lib/media/source/source-matroska.ts";
import { requireOf, SourceRefusal } from "#lib/media/source/source-refusal.ts";
import {
  firstNumberAt,
  packetNumber,
  packetTicksAt,
  type SoundGrid,
  soundGrid,
} from "#lib/media/source/source-sound-grid.ts";
import type { ByteSource } from "#lib/packaging/byte-source.ts";
import { ByteWindow } from "#lib/packaging/byte-window.ts";
import { type MatroskaPacket, walkPackets } from "#lib/packaging/matroska-blocks.ts";
import { findCut } from "#lib/packaging/matroska-cuts.ts";
import type { MatroskaFile } from "#lib/packaging/matroska-layout.ts";
import { matroskaTrackFormat, runSeconds, zeroTicks } from "#lib/packaging/matroska-tables.ts";
import type { SegmentWish, TrackReader } from "#lib/packaging/track-reader.ts";
import { writeSegment } from "#lib/packaging/write-segment.ts";

/** Packets of one segment and its neighbours; 12 s of 60 frames and eight sound tracks are 6 000. */
export const maxSegmentPackets = 20_000;
/** How far before its time sound is looked for, in seconds; more when it lies further before. */
const soundLeads = [1, 10, 60];
/** Packets at the beginning in which each sound track must show itself. */
const maxPacketsBeforeSound = 2_000;

/** The cues of the picture. */
export const pictureCues = (file: MatroskaFile, track: MatroskaTrack): MatroskaCue[] =>
  file.cues === null ? [] : readMatroskaCues(file.cues, track.number);

/** The packets of a segment in decode order, ready to be written. */
const written = (input: {
  source: ByteSource;
  kind: "video" | "audio";
  packets: readonly MatroskaPacket[];
  times: Float64Array;
  wish: SegmentWish;
}) => {
  const { source, kind, packets, times, wish } = input;
  const { startTicks, endTicks, index } = wish;
  requireOf(packets.length > 0, "an empty segment");
  requireOf(
    times.every((time) => time >= startTicks && time < endTicks),
    "a packet outside its segment",
  );
  const sizes = Uint32Array.from(packets, ({ sizeBytes }) => sizeBytes);
  const keys = Uint8Array.from(packets, ({ key }) => (key ? 1 : 0));
  const offsets = Float64Array.from(packets, ({ offset }) => offset);
  return writeSegment({ source, packets: { kind, times, sizes, keys, endTicks }, offsets, index });
};

/** Bytes a cue takes in memory, roughly. */
const bytesPerCue = 120;

/** A reader of the picture that goes by the cues. */
export const sparsePicture = (input: {
  file: MatroskaFile;
  track: MatroskaTrack;
  format: PictureFormat;
  zeroSeconds: number;
}): TrackReader => {
  const { file, track, format } = input;
  const zero = zeroTicks(file, input.zeroSeconds);
  const cues = new Map(pictureCues(file, track).map((cue) => [cue.ticks - zero, cue]));
  const cut = (window: ByteWindow, ticks: number) => {
    const cue = cues.get(ticks);
    if (cue === undefined) throw new SourceRefusal("the source has no such cut any more");
    return findCut({ window, file, cue, track: track.number });
  };
  return {
    format,
    timescale: file.info.timescale,
    memoryBytes: cues.size * bytesPerCue,
    segment: async (source, wish) => {
      const window = new ByteWindow(source);
      const end = wish.last ? Number.POSITIVE_INFINITY : (await cut(window, wish.endTicks)).packet.position;
      const { start } = await cut(window, wish.startTicks);
      const packets: MatroskaPacket[] = [];
      for await (const packet of walkPackets({ window, start, maxPackets: maxSegmentPackets })) {
        if (packet.position >= end) break;
        if (packet.track === track.number) packets.push(packet);
      }
      const times = Float64Array.from(packets, ({ ticks }) => ticks - zero);
      return written({ source, kind: "video", packets, times, wish });
    },
  };
};

/** The grid of a sound track out of its first two packets; null when they do not come soon or tell none. */
export const sparseSoundGrid = async (input: {
  window: ByteWindow;
  file: MatroskaFile;
  track: MatroskaTrack;
  format: SoundFormat;
  zeroSeconds: number;
}): Promise<SoundGrid | null> => {
  const { window, file, track, format, zeroSeconds } = input;
  const start = { at: file.firstCluster, clusterTicks: null };
  const firstSeconds: number[] = [];
  let walked = 0;
  for await (const packet of walkPackets({ window, start, maxPackets: maxPacketsBeforeSound * 2 })) {
    walked += 1;
    if (packet.track === track.number) {
      firstSeconds.push(runSeconds({ file, track, zeroSeconds, ticks: packet.ticks }));
    }
    if (firstSeconds.length === 2 || walked === maxPacketsBeforeSound) break;
  }
  return soundGrid({ format, firstSeconds });
};

/** What the search for a segment's sound needs. */
type SoundSearch = {
  window: ByteWindow;
  file: MatroskaFile;
  track: MatroskaTrack;
  grid: SoundGrid;
  clusters: readonly { at: number; seconds: number }[];
  zeroSeconds: number;
};

/** Packets with numbers from `from` up to `to`; `early` when the walk began after the first of them. */
const collectSound = async (search: SoundSearch, wanted: { from: number; to: number; at: number }) => {
  const { window, file, track, grid, zeroSeconds } = search;
  const found: { packet: MatroskaPacket; number: number }[] = [];
  const endSeconds = packetTicksAt(grid, wanted.to) / grid.timescale;
  let earliest = Number.POSITIVE_INFINITY;
  const start = { at: wanted.at, clusterTicks: null };
  for await (const packet of walkPackets({ window, start, maxPackets: maxSegmentPackets * 4 })) {
    const seconds = runSeconds({ file, track, zeroSeconds, ticks: packet.ticks });
    // Far behind in the file nothing of this stretch comes any more.
    if (seconds > endSeconds + 10) break;
    if (packet.track !== track.number) continue;
    const number = packetNumber(grid, seconds);
    if (number === null || packet.laced) throw new SourceRefusal("sound that leaves its grid");
    earliest = Math.min(earliest, number);
    if (number >= wanted.to) break;
    if (number >= wanted.from) found.push({ packet, number });
  }
  return { found, late: earliest > wanted.from };
};

/** A reader of one sound track that goes by the picture's cues and the track's own grid. */
export const sparseSound = (input: {
  file: MatroskaFile;
  track: MatroskaTrack;
  format: SoundFormat;
  grid: SoundGrid;
  zeroSeconds: number;
}): TrackReader => {
  const { file, track, format, grid, zeroSeconds } = input;
  const picture = file.tracks.find(({ kind }) => kind === "video");
  const clusters = [
    { at: file.firstCluster, seconds: Number.NEGATIVE_INFINITY },
    ...(picture === undefined ? [] : pictureCues(file, picture)).map(({ cluster, ticks }) => ({
      at: file.bodyStart + cluster,
      seconds: ticks / file.info.timescale - zeroSeconds,
    })),
  ];
  return {
    format,
    timescale: grid.timescale,
    memoryBytes: clusters.length * bytesPerCue,
    segment: async (source, wish) => {
      const window = new ByteWindow(source);
      const search = { window, file, track, grid, clusters, zeroSeconds };
      const startSeconds = wish.startTicks / grid.timescale;
      const from = firstNumberAt(grid, startSeconds);
      const to = firstNumberAt(grid, wish.endTicks / grid.timescale);
      let packets: Awaited<ReturnType<typeof collectSound>>["found"] = [];
      for (const lead of soundLeads) {
        const at = clusters.findLast(({ seconds }) => seconds <= startSeconds - lead)?.at ?? file.firstCluster;
        const { found, late } = await collectSound(search, { from, to, at });
        packets = found;
        if (!late) break;
      }
      const times = Float64Array.from(packets, ({ number }) => packetTicksAt(grid, number));
      return written({ source, kind: "audio", packets: packets.map(({ packet }) => packet), times, wish });
    },
  };
};

/** A reader of one track of a long file. Null for codecs that are not packaged and sound without a grid. */
export const sparseReader = async (input: {
  source: ByteSource;
  file: MatroskaFile;
  streamIndex: number;
  zeroSeconds: number;
}): Promise<TrackReader | null> => {
  const { source, file, streamIndex, zeroSeconds } = input;
  const found = matroskaTrackFormat(file, streamIndex);
  if (found === null) return null;
  const { track, format } = found;
  if (format.kind === "video") return sparsePicture({ file, track, format, zeroSeconds });
  const grid = await sparseSoundGrid({ window: new ByteWindow(source), file, track, format, zeroSeconds });
  return grid === null ? null : sparseSound({ file, track, format, grid, zeroSeconds });
};
