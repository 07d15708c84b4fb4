import { readBoxHead } from "#lib/media/probe/protected-tracks.ts";
import { withZeroAt } from "#lib/media/source/mp4-timeline.ts";
import { closedCuts } from "#lib/media/source/source-cuts.ts";
import { SourceRefusal } from "#lib/media/source/source-refusal.ts";
import { tableBytes } from "#lib/media/source/source-table.ts";
import { type ByteSource, readBytes } from "#lib/packaging/byte-source.ts";
import { isMatroska, type MatroskaFile, readMatroskaFile } from "#lib/packaging/matroska-layout.ts";
import { type Survey, surveyPicture } from "#lib/packaging/matroska-rung.ts";
import { isWalkedWhole, matroskaTrackFormat } from "#lib/packaging/matroska-tables.ts";
import { type Mp4File, readMp4File } from "#lib/packaging/mp4-layout.ts";
import { type Mp4TrackTable, readMp4Track } from "#lib/packaging/mp4-reader.ts";
import { maxSoundTracks } from "#lib/packaging/rung-of-tables.ts";

/** Tables that are read ahead together hold at most about this much; those of a film of two hours hold 12 MB. */
const maxBytes = 96 * 1024 * 1024;
/** Where nearly every file begins. */
const usualZero = 0;

/** An MP4 file whose index was read before it was known what is wanted of it. */
export class PreparedMp4 {
  readonly file: Mp4File;
  readonly #ahead: ReadonlyMap<number, Mp4TrackTable | null>;

  constructor(file: Mp4File, ahead: ReadonlyMap<number, Mp4TrackTable | null>) {
    this.file = file;
    this.#ahead = ahead;
  }

  /** One track on the run's timeline; null when its codec is none that is packaged. Throws `SourceRefusal`. */
  readTrack({ streamIndex, zeroSeconds }: { streamIndex: number; zeroSeconds: number }): Mp4TrackTable | null {
    const known = this.#ahead.get(streamIndex);
    if (known === undefined) return readMp4Track({ file: this.file, streamIndex, zeroSeconds });
    if (known === null) return null;
    return { ...known, table: withZeroAt({ ...known, zeroSeconds }) };
  }
}

/** The tracks that a rung is most likely made of: the first picture, and the sound. */
const likelyTracks = ({ movie }: Mp4File): number[] => {
  const picture = movie.tracks.find(({ kind }) => kind === "video");
  const sound = movie.tracks.filter(({ kind }) => kind === "audio").slice(0, maxSoundTracks);
  return picture === undefined ? [] : [picture, ...sound].map(({ index }) => index);
};

/** What speaks against a track is told when the track is asked for. */
const unlessRefused = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch (error) {
    if (error instanceof SourceRefusal || error instanceof RangeError) return undefined;
    throw error;
  }
};

const readAhead = (file: Mp4File, streamIndex: number): Mp4TrackTable | null | undefined => {
  const track = unlessRefused(() => readMp4Track({ file, streamIndex, zeroSeconds: usualZero }));
  if (track?.format.kind === "video") closedCuts(track.table);
  return track;
};

const startsAsMp4 = async (source: ByteSource): Promise<boolean> =>
  source.sizeBytes >= 16 && readBoxHead(await readBytes(source, 0, 16))?.type === "ftyp";

/** Reads the index of an MP4 file ahead of the questions; null for any other file. Throws `SourceRefusal`. */
export const prepareMp4 = async (source: ByteSource): Promise<PreparedMp4 | null> => {
  if (!(await startsAsMp4(source))) return null;
  const file = await readMp4File(source);
  const ahead = new Map<number, Mp4TrackTable | null>();
  let bytes = 0;
  for (const streamIndex of likelyTracks(file)) {
    const found = readAhead(file, streamIndex);
    if (found === undefined) continue;
    ahead.set(streamIndex, found);
    bytes += found === null ? 0 : tableBytes(found.table);
    if (bytes > maxBytes) break;
  }
  return new PreparedMp4(file, ahead);
};

/** What a survey was made for: a stream, the run's time 0 in the file, and how long segments are to be. */
type Surveyed = { streamIndex: number; zeroSeconds: number; targetSeconds: number };

/** A long MKV or WebM file whose head and cues were read, and its picture looked at, before it was known what is wanted of it. */
export class PreparedMatroska {
  readonly file: MatroskaFile;
  readonly #of: Surveyed;
  readonly #found: Survey | SourceRefusal;

  constructor(file: MatroskaFile, of: Surveyed, found: Survey | SourceRefusal) {
    this.file = file;
    this.#of = of;
    this.#found = found;
  }

  /** The survey when it is the one that is wanted, else null. Throws what spoke against the file, so that nobody looks twice. */
  surveyOf({ streamIndex, zeroSeconds, targetSeconds }: Surveyed): Survey | null {
    const of = this.#of;
    const fits = of.streamIndex === streamIndex && of.zeroSeconds === zeroSeconds && of.targetSeconds === targetSeconds;
    if (!fits) return null;
    if (this.#found instanceof SourceRefusal) throw this.#found;
    return this.#found;
  }
}

/**
 * Looks at a long MKV or WebM file ahead of the questions; null for any other file, and for a short one, which is read in a
 * moment. Throws `SourceRefusal` for a damaged head.
 */
export const prepareMatroska = async (source: ByteSource, targetSeconds: number): Promise<PreparedMatroska | null> => {
  if (!(await isMatroska(source))) return null;
  const file = await readMatroskaFile(source);
  const streamIndex = file.tracks.findIndex(({ kind }) => kind === "video");
  const found = matroskaTrackFormat(file, streamIndex);
  if (found === null || isWalkedWhole(source, file)) return null;
  const of = { streamIndex, zeroSeconds: usualZero, targetSeconds };
  try {
    const survey = await surveyPicture({ source, file, track: found.track, zeroSeconds: usualZero, targetSeconds });
    return new PreparedMatroska(file, of, survey);
  } catch (error) {
    if (error instanceof SourceRefusal) return new PreparedMatroska(file, of, error);
    throw error;
  }
};
