import { AppError } from "#lib/errors.ts";
import { fragmentInit } from "#lib/media/fragment/fragment-init.ts";
import { requireWatchable } from "#lib/media/source/source-checks.ts";
import { vp9Codecs, withVp9Level } from "#lib/media/source/source-codecs.ts";
import type { SourceFormat } from "#lib/media/source/source-format.ts";
import { SourceRefusal } from "#lib/media/source/source-refusal.ts";
import type { SourceRung, SourceTrack } from "#lib/media/source/source-rung.ts";
import { type ByteSource, openByteSource } from "#lib/packaging/byte-source.ts";
import type { PackagingRequest, SourceLocation, SourceRungAnswer } from "#lib/packaging/contract.ts";
import { isMatroska, readMatroskaFile } from "#lib/packaging/matroska-layout.ts";
import { rungOfCues } from "#lib/packaging/matroska-rung.ts";
import { sparseReader } from "#lib/packaging/matroska-sparse.ts";
import { isWalkedWhole, matroskaTable, readAllPackets } from "#lib/packaging/matroska-tables.ts";
import { readMp4File } from "#lib/packaging/mp4-layout.ts";
import { readMp4Track } from "#lib/packaging/mp4-reader.ts";
import { OpenedTracks } from "#lib/packaging/opened-tracks.ts";
import { type PreparedMatroska, PreparedMp4, prepareMatroska, prepareMp4 } from "#lib/packaging/prepared-source.ts";
import { rungOfTables } from "#lib/packaging/rung-of-tables.ts";
import { tableReader } from "#lib/packaging/table-reader.ts";
import type { TrackReader } from "#lib/packaging/track-reader.ts";
import { memorySource, readTransportStream, takenReader } from "#lib/packaging/transport-stream.ts";

const opened = new OpenedTracks();

/** The file that was prepared last, until its rung is asked for. */
let prepared: { name: string; mp4: PreparedMp4 | null; matroska: PreparedMatroska | null } | null = null;

const withSource = async <T>(location: SourceLocation, work: (source: ByteSource) => Promise<T>): Promise<T> => {
  const source = await openByteSource(location);
  try {
    return await work(source);
  } finally {
    source.close();
  }
};

const nameOf = (input: { location: SourceLocation; source: ByteSource; streamIndex: number; zeroSeconds: number }) =>
  JSON.stringify([input.location, input.source.version, input.streamIndex, input.zeroSeconds]);

const fileNameOf = (location: SourceLocation, source: ByteSource) => JSON.stringify([location, source.version]);

const takePrepared = (location: SourceLocation, source: ByteSource) => {
  const taken = prepared?.name === fileNameOf(location, source) ? prepared : null;
  prepared = null;
  return taken;
};

type PrepareRequest = Extract<PackagingRequest, { what: "prepare" }>;

/** Reads the index of a file while its caller still finds out what the file is. Faults are told by the rung. */
export const answerPrepare = async ({ source: location, targetSeconds }: PrepareRequest): Promise<void> => {
  prepared = null;
  try {
    await withSource(location, async (source) => {
      const mp4 = await prepareMp4(source);
      const matroska = mp4 === null ? await prepareMatroska(source, targetSeconds) : null;
      prepared = { name: fileNameOf(location, source), mp4, matroska };
    });
  } catch (error) {
    if (!(error instanceof SourceRefusal || error instanceof RangeError)) throw error;
  }
};

type RungRequest = Extract<PackagingRequest, { what: "rung" }>;
type SegmentRequest = Extract<PackagingRequest, { what: "segment" }>;

const mp4Rung = async (source: ByteSource, request: RungRequest): Promise<SourceRungAnswer> => {
  const { probe, targetSeconds, source: location } = request;
  const video = requireWatchable(probe);
  const mp4 = takePrepared(location, source)?.mp4 ?? new PreparedMp4(await readMp4File(source), new Map());
  const zeroSeconds = probe.startSeconds;
  const readTrack = (streamIndex: number) => {
    const track = mp4.readTrack({ streamIndex, zeroSeconds });
    if (track !== null) opened.add(nameOf({ location, source, streamIndex, zeroSeconds }), tableReader(track));
    return track;
  };
  const rung = await rungOfTables({ source, readTrack, video, probe, targetSeconds, holds: true });
  return { rung: { reader: "tables", zeroSeconds, ...rung } };
};

const matroskaRung = async (source: ByteSource, request: RungRequest): Promise<SourceRungAnswer> => {
  const { probe, targetSeconds, source: location } = request;
  const video = requireWatchable(probe);
  const ahead = takePrepared(location, source)?.matroska ?? null;
  const file = ahead?.file ?? (await readMatroskaFile(source));
  const zeroSeconds = probe.startSeconds;
  const head = { reader: "packets" as const, zeroSeconds };
  if (!isWalkedWhole(source, file)) {
    const survey = ahead?.surveyOf({ streamIndex: video.index, zeroSeconds, targetSeconds }) ?? null;
    return { rung: { ...head, ...(await rungOfCues({ source, file, probe, video, targetSeconds, ahead: survey })) } };
  }
  const packets = await readAllPackets(source, file);
  const readTrack = (streamIndex: number) => {
    const track = matroskaTable({ file, packets, streamIndex, zeroSeconds });
    if (track !== null) opened.add(nameOf({ location, source, streamIndex, zeroSeconds }), tableReader(track));
    return track;
  };
  return { rung: { ...head, ...(await rungOfTables({ source, readTrack, video, probe, targetSeconds })) } };
};

const transportRung = async (source: ByteSource, request: RungRequest): Promise<SourceRungAnswer> => {
  const { probe, targetSeconds, source: location } = request;
  const video = requireWatchable(probe);
  const zeroSeconds = probe.startSeconds;
  const stream = await readTransportStream(source, zeroSeconds);
  const taken = (streamIndex: number) => {
    if (streamIndex === video.index) return stream.video;
    // Streams have no place of their own here; when one is missing on either side, none can be told.
    const ordinal = probe.audio.findIndex(({ index }) => index === streamIndex);
    return stream.audio.length === probe.audio.length ? (stream.audio[ordinal] ?? null) : null;
  };
  const readTrack = (streamIndex: number) => {
    const track = taken(streamIndex);
    if (track !== null) opened.add(nameOf({ location, source, streamIndex, zeroSeconds }), takenReader(track));
    return track;
  };
  const memory = memorySource(stream.video.bytes);
  const rung = await rungOfTables({ source: memory, readTrack, video, probe, targetSeconds });
  return { rung: { reader: "packets", zeroSeconds, ...rung } };
};

/** Reads the source as a rung; anything about the file that speaks against it becomes `refused`. */
export const answerRung = async (request: RungRequest): Promise<SourceRungAnswer> => {
  try {
    return await withSource(request.source, (source) => {
      if (/\bmov\b/.test(request.probe.container)) return mp4Rung(source, request);
      if (/\bmatroska\b/.test(request.probe.container)) return matroskaRung(source, request);
      if (request.probe.container === "mpegts") return transportRung(source, request);
      throw new SourceRefusal(`the container ${request.probe.container}`);
    });
  } catch (error) {
    if (error instanceof SourceRefusal) return { refused: error.reason };
    // A view that is read beyond its end: every other fault of a hostile file is a refusal already.
    if (error instanceof RangeError) return { refused: "damaged" };
    throw error;
  }
};

const readTrack = async (input: {
  source: ByteSource;
  reader: SourceRung["reader"];
  rendition: string;
  streamIndex: number;
  zeroSeconds: number;
}): Promise<TrackReader | null> => {
  const { source, streamIndex, zeroSeconds } = input;
  if (input.reader === "tables") {
    const track = readMp4Track({ file: await readMp4File(source), streamIndex, zeroSeconds });
    return track === null ? null : tableReader(track);
  }
  if (!(await isMatroska(source))) {
    const stream = await readTransportStream(source, zeroSeconds);
    const ordinal = Number(/audio-(\d+)$/.exec(input.rendition)?.[1] ?? -1);
    const track = ordinal < 0 ? stream.video : (stream.audio[ordinal] ?? null);
    return track === null ? null : takenReader(track);
  }
  const file = await readMatroskaFile(source);
  if (!isWalkedWhole(source, file)) return sparseReader({ source, file, streamIndex, zeroSeconds });
  const track = matroskaTable({ file, packets: await readAllPackets(source, file), streamIndex, zeroSeconds });
  return track === null ? null : tableReader(track);
};

const openTrack = async (source: ByteSource, request: SegmentRequest, track: SourceTrack): Promise<TrackReader> => {
  const { source: location, rung } = request;
  const { streamIndex } = track;
  const { zeroSeconds, reader } = rung;
  const name = nameOf({ location, source, streamIndex, zeroSeconds });
  const known = opened.get(name);
  if (known !== undefined) return known;
  const read = await readTrack({ source, reader, rendition: track.rendition, streamIndex, zeroSeconds });
  if (read === null) throw new SourceRefusal("no such track any more");
  opened.add(name, read);
  return read;
};

/** The level that was put in when the rung was read. */
const asDeclared = (format: SourceFormat, track: SourceTrack): SourceFormat => {
  if (format.kind !== "video" || format.entry !== "vp09") return { ...format, codecs: track.codecs };
  const config = withVp9Level(format.config, Number(track.codecs.split(".")[2]));
  return { ...format, config, codecs: vp9Codecs(config) };
};

/** Packages one segment, or the init segment, of a rung that was read before. Throws `not_found` for any other. */
export const answerSegment = (request: SegmentRequest): Promise<Uint8Array<ArrayBuffer>> =>
  withSource(request.source, async (source) => {
    const { rung, rendition, index } = request;
    const track = [rung.video, ...rung.audio].find((candidate) => candidate.rendition === rendition);
    if (track === undefined) throw new AppError("not_found");
    const reader = await openTrack(source, request, track);
    const { timescale } = track;
    if (index === "init") return new Uint8Array(fragmentInit({ format: asDeclared(reader.format, track), timescale }));
    const startTicks = track.starts[index];
    if (startTicks === undefined) throw new AppError("not_found");
    const endTicks = track.starts[index + 1] ?? track.endTicks;
    return reader.segment(source, { index, startTicks, endTicks, last: index + 1 === track.starts.length });
  });
