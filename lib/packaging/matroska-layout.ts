import { ebmlHeadBytes, readEbmlHead } from "#lib/media/source/source-ebml.ts";
import {
  type MatroskaInfo,
  type MatroskaTrack,
  matroskaIds,
  readMatroskaInfo,
  readMatroskaTracks,
  readSeekHead,
} from "#lib/media/source/source-matroska.ts";
import { requireOf, SourceRefusal } from "#lib/media/source/source-refusal.ts";
import { type ByteSource, readBytes } from "#lib/packaging/byte-source.ts";
import { ByteWindow } from "#lib/packaging/byte-window.ts";

/** Elements before the first cluster; attachments may be among them. */
const maxElements = 200;
/** The cues of 12 hours with a key frame each second have about 2 MB. */
const maxPartBytes = 16 * 1024 * 1024;

/** An MKV or WebM file as its head shows it. Positions are the file's. */
export type MatroskaFile = {
  info: MatroskaInfo;
  tracks: readonly MatroskaTrack[];
  /** Where positions of cues count from. */
  bodyStart: number;
  firstCluster: number;
  /** Body of the cues; null when the file has none. */
  cues: Uint8Array | null;
  /** Whether the file goes as far as its head says, so that its declared length can be believed. */
  complete: boolean;
};

type Parts = Map<number, { start: number; end: number }>;

const element = async (window: ByteWindow, at: number) => {
  const head = readEbmlHead(await window.look(at, ebmlHeadBytes));
  if (head === null) throw new SourceRefusal("damaged elements");
  return { ...head, start: at + head.headBytes, end: at + head.headBytes + (head.size ?? Number.POSITIVE_INFINITY) };
};

const walkHead = async (window: ByteWindow, bodyStart: number): Promise<{ parts: Parts; firstCluster: number }> => {
  const parts: Parts = new Map();
  let at = bodyStart;
  for (let elements = 0; elements < maxElements && at < window.source.sizeBytes; elements += 1) {
    const { id, start, end } = await element(window, at);
    if (id === matroskaIds.cluster) return { parts, firstCluster: at };
    requireOf(end <= window.source.sizeBytes, "an element beyond the file");
    parts.set(id, { start, end });
    at = end;
  }
  throw new SourceRefusal("no cluster");
};

const partOf = async (source: ByteSource, part: { start: number; end: number }): Promise<Uint8Array> => {
  requireOf(part.end - part.start <= maxPartBytes, "a part that is too large");
  return readBytes(source, part.start, part.end - part.start);
};

const findCues = async (input: { window: ByteWindow; parts: Parts; bodyStart: number }): Promise<Uint8Array | null> => {
  const { window, parts, bodyStart } = input;
  const here = parts.get(matroskaIds.cues);
  if (here !== undefined) return partOf(window.source, here);
  const seekHead = parts.get(matroskaIds.seekHead);
  if (seekHead === undefined) return null;
  const position = readSeekHead(await partOf(window.source, seekHead)).get(matroskaIds.cues);
  if (position === undefined || bodyStart + position >= window.source.sizeBytes) return null;
  const { id, start, end } = await element(window, bodyStart + position);
  return id === matroskaIds.cues && end <= window.source.sizeBytes ? partOf(window.source, { start, end }) : null;
};

/** Reads the head and the index of a file, never its clusters. Throws `SourceRefusal` for damaged files. */
export const readMatroskaFile = async (source: ByteSource): Promise<MatroskaFile> => {
  const window = new ByteWindow(source);
  const ebml = await element(window, 0);
  requireOf(ebml.id === matroskaIds.ebml, "no EBML header");
  const segment = await element(window, ebml.end);
  requireOf(segment.id === matroskaIds.segment, "no segment");
  const bodyStart = segment.start;
  const { parts, firstCluster } = await walkHead(window, bodyStart);
  const [info, tracks] = [parts.get(matroskaIds.info), parts.get(matroskaIds.tracks)];
  if (info === undefined || tracks === undefined) throw new SourceRefusal("no head before the first cluster");
  return {
    info: readMatroskaInfo(await partOf(source, info)),
    tracks: readMatroskaTracks(await partOf(source, tracks)),
    bodyStart,
    firstCluster,
    cues: await findCues({ window, parts, bodyStart }),
    complete: segment.end <= source.sizeBytes,
  };
};

/** Whether a file begins as MKV and WebM do. */
export const isMatroska = async (source: ByteSource): Promise<boolean> =>
  readEbmlHead(await new ByteWindow(source).look(0, ebmlHeadBytes))?.id === matroskaIds.ebml;
