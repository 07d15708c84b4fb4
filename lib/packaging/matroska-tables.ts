import type { PictureFormat, SoundFormat, SourceFormat } from "#lib/media/source/source-format.ts";
import type { MatroskaTrack } from "#lib/media/source/source-matroska.ts";
import { matroskaFormat } from "#lib/media/source/source-matroska-format.ts";
import { SourceRefusal } from "#lib/media/source/source-refusal.ts";
import { packetNumber, packetTicksAt, soundGrid } from "#lib/media/source/source-sound-grid.ts";
import type { SourceTable } from "#lib/media/source/source-table.ts";
import type { ByteSource } from "#lib/packaging/byte-source.ts";
import { ByteWindow } from "#lib/packaging/byte-window.ts";
import { type MatroskaPacket, walkPackets } from "#lib/packaging/matroska-blocks.ts";
import type { MatroskaFile } from "#lib/packaging/matroska-layout.ts";
import type { WholeTrack } from "#lib/packaging/rung-of-tables.ts";

/** Packets that are walked over at most: about ten minutes, a fifth of a second. */
const maxPackets = 60_000;
/** Files of more packets than this are read by their cues, if they have any. */
const fewPackets = 30_000;
/** Without cues, larger files are refused before the walk. */
const maxBytesWithoutCues = 64 * 1024 * 1024;

/** Every packet's head of a short file, by the tracks' numbers. */
export type MatroskaPackets = ReadonlyMap<number, readonly MatroskaPacket[]>;

/**
 * Whether a file is read packet by packet, which tells everything exactly, or by its cues. Decided by what the file
 * declares alone, so that every process reads it in the same way. Throws `SourceRefusal` for long files without cues.
 */
export const isWalkedWhole = (source: ByteSource, file: MatroskaFile): boolean => {
  const seconds = file.info.durationTicks / file.info.timescale;
  const perSecond = file.tracks.reduce((sum, { kind }) => sum + (kind === "video" ? 60 : 50), 0);
  if (file.cues === null) {
    if (source.sizeBytes <= maxBytesWithoutCues) return true;
    throw new SourceRefusal("no cues in a large file");
  }
  return seconds > 0 && seconds * perSecond <= fewPackets;
};

/** Walks over a whole file. Throws `SourceRefusal` when it holds more packets than a short file does. */
export const readAllPackets = async (source: ByteSource, file: MatroskaFile): Promise<MatroskaPackets> => {
  const packets = new Map<number, MatroskaPacket[]>();
  const window = new ByteWindow(source);
  for await (const packet of walkPackets({
    window,
    start: { at: file.firstCluster, clusterTicks: null },
    maxPackets,
  })) {
    const known = packets.get(packet.track);
    if (known === undefined) packets.set(packet.track, [packet]);
    else known.push(packet);
  }
  return packets;
};

/** Seconds of the run at which a packet is presented. */
export const runSeconds = (input: { file: MatroskaFile; track: MatroskaTrack; zeroSeconds: number; ticks: number }) =>
  input.ticks / input.file.info.timescale - input.track.delaySeconds - input.zeroSeconds;

/** The format of a track that may be packaged, or null. */
export const matroskaTrackFormat = (file: MatroskaFile, streamIndex: number) => {
  const track = file.tracks[streamIndex];
  const format = track === undefined ? null : matroskaFormat(track);
  return track === undefined || format === null ? null : { track, format };
};

const columns = (packets: readonly MatroskaPacket[], times: Float64Array, endTicks: number): SourceTable => ({
  count: packets.length,
  times,
  offsets: Float64Array.from(packets, ({ offset }) => offset),
  sizes: Uint32Array.from(packets, ({ sizeBytes }) => sizeBytes),
  keys: Uint8Array.from(packets, ({ key }) => (key ? 1 : 0)),
  endTicks,
});

/** Ticks of the file's clock that the run's time 0 lies at. */
export const zeroTicks = (file: MatroskaFile, zeroSeconds: number): number =>
  Math.round(zeroSeconds * file.info.timescale);

/** Where a picture ends whose times are known: as long after the last frame as that comes after the one before. */
export const pictureEnd = (times: Float64Array): number => {
  const [last = 0, before = last - 1] = times.toSorted().reverse();
  return last + Math.max(1, last - before);
};

const [shortestHoldSeconds, longestHoldSeconds] = [0.1, 10];

/**
 * The end of a Matroska picture. Its blocks rarely tell how long they last: a still screen's last picture stays until the
 * declared end of a file that is not cut off, when that is noticeably later and near.
 */
export const heldPictureEnd = (input: { file: MatroskaFile; zeroSeconds: number; times: Float64Array }): number => {
  const { file, zeroSeconds, times } = input;
  const end = pictureEnd(times);
  const declared = Math.round(file.info.durationTicks) - zeroTicks(file, zeroSeconds);
  const holdSeconds = (declared - end) / file.info.timescale;
  return file.complete && holdSeconds > shortestHoldSeconds && holdSeconds <= longestHoldSeconds ? declared : end;
};

const soundTable = (packets: readonly MatroskaPacket[], seconds: readonly number[], format: SoundFormat) => {
  const grid = soundGrid({ format, firstSeconds: seconds });
  if (grid === null) return null;
  const times = new Float64Array(packets.length);
  for (const [index, at] of seconds.entries()) {
    if (packetNumber(grid, at) !== index) return null;
    times[index] = packetTicksAt(grid, index);
  }
  const table = columns(packets, times, packetTicksAt(grid, packets.length));
  return { format, timescale: grid.timescale, table };
};

/** One track of a file whose every packet is known. Null for codecs that are not packaged and sound with gaps. */
export const matroskaTable = (input: {
  file: MatroskaFile;
  packets: MatroskaPackets;
  streamIndex: number;
  zeroSeconds: number;
}): WholeTrack<PictureFormat | SoundFormat> | null => {
  const { file, zeroSeconds } = input;
  const found = matroskaTrackFormat(file, input.streamIndex);
  if (found === null) return null;
  const { track, format }: { track: MatroskaTrack; format: SourceFormat } = found;
  const packets = input.packets.get(track.number) ?? [];
  if (packets.length === 0 || packets.some(({ laced }) => laced)) return null;
  const seconds = packets.map(({ ticks }) => runSeconds({ file, track, zeroSeconds, ticks }));
  if (format.kind === "audio") return soundTable(packets, seconds, format);
  const zero = zeroTicks(file, zeroSeconds);
  const times = Float64Array.from(packets, ({ ticks }) => ticks - zero);
  return {
    format,
    timescale: file.info.timescale,
    table: columns(packets, times, heldPictureEnd({ file, zeroSeconds, times })),
  };
};
