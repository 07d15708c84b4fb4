import type { EncodedPacket, InputTrack, InputVideoTrack } from "mediabunny";
import { adtsPacket, avcConfig, avcParameters, nalUnits, withLengths } from "#lib/media/source/source-annex-b.ts";
import { avcCodecs, readAacConfig } from "#lib/media/source/source-codecs.ts";
import type { PictureFormat, SoundFormat } from "#lib/media/source/source-format.ts";
import { requireOf, SourceRefusal } from "#lib/media/source/source-refusal.ts";
import { packetNumber, packetTicksAt, soundGrid } from "#lib/media/source/source-sound-grid.ts";
import type { SourceTable } from "#lib/media/source/source-table.ts";
import { type ByteSource, readBytes } from "#lib/packaging/byte-source.ts";
import { pictureEnd } from "#lib/packaging/matroska-tables.ts";
import type { WholeTrack } from "#lib/packaging/rung-of-tables.ts";
import { tableReader } from "#lib/packaging/table-reader.ts";
import type { TrackReader } from "#lib/packaging/track-reader.ts";

/** A transport stream has no index, so all of it is read; larger ones go the way of the preview lane. */
const maxBytes = 64 * 1024 * 1024;
const maxPackets = 60_000;
const timescale = 90_000;

/** One track taken out of its container: packets as MP4 holds them, in memory, and the table over them. */
export type TakenTrack<Format> = WholeTrack<Format> & { bytes: Uint8Array };

/** Tracks of a transport stream; `audio` in ffprobe's order, null for those that are not packaged. */
export type TransportStream = {
  video: TakenTrack<PictureFormat>;
  audio: readonly (TakenTrack<SoundFormat> | null)[];
};

/** Bytes in memory as a source. */
export const memorySource = (bytes: Uint8Array): ByteSource => ({
  sizeBytes: bytes.byteLength,
  version: "memory",
  gapBytes: 0,
  fill: (into, at) => {
    if (at + into.byteLength > bytes.byteLength) throw new SourceRefusal("a place beyond the stream");
    into.set(bytes.subarray(at, at + into.byteLength));
  },
  close: () => undefined,
});

const packetsOf = async (track: InputTrack): Promise<EncodedPacket[]> => {
  const { EncodedPacketSink } = await import("mediabunny");
  const packets: EncodedPacket[] = [];
  for await (const packet of new EncodedPacketSink(track).packets()) {
    requireOf(packets.length < maxPackets, "more packets than a short stream has");
    packets.push(packet);
  }
  requireOf(packets.length > 1, "no packets");
  return packets;
};

const gather = (pieces: readonly Uint8Array[]) => {
  const bytes = new Uint8Array(Buffer.concat(pieces));
  const offsets = new Float64Array(pieces.length);
  const sizes = Uint32Array.from(pieces, (piece) => piece.byteLength);
  for (let index = 1; index < pieces.length; index += 1) {
    offsets[index] = (offsets[index - 1] ?? 0) + (sizes[index - 1] ?? 0);
  }
  return { bytes, offsets, sizes };
};

const takePicture = async (track: InputVideoTrack, zeroSeconds: number): Promise<TakenTrack<PictureFormat>> => {
  const packets = await packetsOf(track);
  const config = await track.getDecoderConfig();
  if (config === null) throw new SourceRefusal("no configuration of the picture");
  const known = avcParameters(nalUnits(packets[0]?.data ?? new Uint8Array()));
  const avcC = avcConfig(known);
  const { bytes, offsets, sizes } = gather(packets.map(({ data }) => withLengths(nalUnits(data), known)));
  const zero = Math.round(zeroSeconds * timescale);
  const times = Float64Array.from(packets, ({ timestamp }) => Math.round(timestamp * timescale) - zero);
  const keys = Uint8Array.from(packets, ({ type }) => (type === "key" ? 1 : 0));
  const table: SourceTable = { count: packets.length, times, offsets, sizes, keys, endTicks: pictureEnd(times) };
  const size = { width: config.codedWidth ?? 0, height: config.codedHeight ?? 0 };
  return {
    format: { kind: "video", entry: "avc1", codecs: avcCodecs(avcC), config: avcC, ...size },
    timescale,
    table,
    bytes,
  };
};

const takeSound = async (track: InputTrack, zeroSeconds: number): Promise<TakenTrack<SoundFormat> | null> => {
  if (track.codec !== "aac") return null;
  const packets = await packetsOf(track);
  const frames = packets.map(({ data }) => adtsPacket(data));
  const config = frames[0]?.config ?? new Uint8Array();
  requireOf(
    frames.every((frame) => Buffer.compare(frame.config, config) === 0),
    "sound whose kind changes",
  );
  const { objectType, sampleRate, channels } = readAacConfig(config);
  const codecs = `mp4a.40.${objectType}`;
  const format: SoundFormat = { kind: "audio", entry: "mp4a", codecs, config, channels, sampleRate };
  const seconds = packets.map(({ timestamp }) => timestamp - zeroSeconds);
  const grid = soundGrid({ format, firstSeconds: seconds });
  if (grid === null || seconds.some((at, index) => packetNumber(grid, at) !== index)) return null;
  const { bytes, offsets, sizes } = gather(frames.map(({ packet }) => packet));
  const times = Float64Array.from(packets, (_, index) => packetTicksAt(grid, index));
  const endTicks = packetTicksAt(grid, packets.length);
  const table = {
    count: packets.length,
    times,
    offsets,
    sizes,
    keys: new Uint8Array(packets.length).fill(1),
    endTicks,
  };
  return { format, timescale: grid.timescale, table, bytes };
};

/** Damaged sound goes to the audio step; the picture is watched all the same. */
const soundOrNull = async (track: InputTrack, zeroSeconds: number) => {
  try {
    return await takeSound(track, zeroSeconds);
  } catch (error) {
    if (error instanceof SourceRefusal) return null;
    throw error;
  }
};

/**
 * Takes H.264 and AAC out of a short MPEG transport stream with the general reader. Throws `SourceRefusal` for long ones,
 * other codecs, several pictures, and whatever the reader does not like.
 */
export const readTransportStream = async (source: ByteSource, zeroSeconds: number): Promise<TransportStream> => {
  requireOf(source.sizeBytes <= maxBytes, "a large stream without an index");
  const { BufferSource, Input, MPEG_TS } = await import("mediabunny");
  const bytes = await readBytes(source, 0, source.sizeBytes);
  const input = new Input({ source: new BufferSource(bytes), formats: [MPEG_TS] });
  try {
    const tracks = await input.getTracks();
    const [video, ...others] = tracks.filter((track) => track.isVideoTrack());
    if (video === undefined || others.length > 0 || video.codec !== "avc")
      throw new SourceRefusal("other than one H.264");
    const audio: TransportStream["audio"][number][] = [];
    for (const track of tracks) if (track.isAudioTrack()) audio.push(await soundOrNull(track, zeroSeconds));
    return { video: await takePicture(video, zeroSeconds), audio };
  } catch (error) {
    if (error instanceof SourceRefusal) throw error;
    throw new SourceRefusal(`the general reader says: ${error instanceof Error ? error.message : "no"}`);
  } finally {
    input.dispose();
  }
};

/** A reader of a track that lies in memory. */
export const takenReader = (track: TakenTrack<PictureFormat | SoundFormat>): TrackReader => {
  const reader = tableReader(track);
  const memory = memorySource(track.bytes);
  return {
    ...reader,
    memoryBytes: reader.memoryBytes + track.bytes.byteLength,
    segment: (_, wish) => reader.segment(memory, wish),
  };
};
