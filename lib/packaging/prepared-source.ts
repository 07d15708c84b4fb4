import { readBoxHead } from "#lib/media/probe/protected-tracks.ts";
import { closedCuts } from "#lib/media/source/source-cuts.ts";
import { SourceRefusal } from "#lib/media/source/source-refusal.ts";
import { type ByteSource, readBytes } from "#lib/packaging/byte-source.ts";
import { type Mp4File, readMp4File } from "#lib/packaging/mp4-layout.ts";
import {
  type Mp4Samples,
  type Mp4TrackTable,
  placeMp4Samples,
  readMp4Samples,
  readMp4Track,
} from "#lib/packaging/mp4-reader.ts";
import { maxSoundTracks } from "#lib/packaging/rung-of-tables.ts";

/** Tables that are read ahead together hold at most about this much; those of a film of two hours hold 30 MB. */
const maxBytes = 96 * 1024 * 1024;
/** Of a `SampleTable` and the times of its `SourceTable`: four columns of eight bytes, one of four and one of one. */
const bytesPerPacket = 37;
/** Where nearly every file begins. */
const usualZero = 0;

/** A track as read, and as placed where runs usually begin; `placed` is undefined when that was refused. */
type Ahead = { samples: Mp4Samples; placed: Mp4TrackTable | undefined } | null;

/** An MP4 file whose index was read before it was known what is wanted of it. */
export class PreparedMp4 {
  readonly file: Mp4File;
  readonly #ahead: ReadonlyMap<number, Ahead>;

  constructor(file: Mp4File, ahead: ReadonlyMap<number, Ahead>) {
    this.file = file;
    this.#ahead = ahead;
  }

  /** One track on the run's timeline; null when its codec is none that is packaged. Throws `SourceRefusal`. */
  readTrack({ streamIndex, zeroSeconds }: { streamIndex: number; zeroSeconds: number }): Mp4TrackTable | null {
    const { file } = this;
    const known = this.#ahead.get(streamIndex);
    if (zeroSeconds === usualZero && known?.placed !== undefined) return known.placed;
    if (known === undefined) return readMp4Track({ file, streamIndex, zeroSeconds });
    return known === null ? null : placeMp4Samples({ file, samples: known.samples, zeroSeconds });
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

const readAhead = (file: Mp4File, streamIndex: number): Ahead | undefined => {
  const samples = unlessRefused(() => readMp4Samples({ file, streamIndex }));
  if (samples === undefined || samples === null) return samples;
  const placed = unlessRefused(() => placeMp4Samples({ file, samples, zeroSeconds: usualZero }));
  if (placed?.format.kind === "video") closedCuts(placed.table);
  return { samples, placed };
};

const startsAsMp4 = async (source: ByteSource): Promise<boolean> =>
  source.sizeBytes >= 16 && readBoxHead(await readBytes(source, 0, 16))?.type === "ftyp";

/** Reads the index of an MP4 file ahead of the questions; null for any other file. Throws `SourceRefusal`. */
export const prepareMp4 = async (source: ByteSource): Promise<PreparedMp4 | null> => {
  if (!(await startsAsMp4(source))) return null;
  const file = await readMp4File(source);
  const ahead = new Map<number, Ahead>();
  let bytes = 0;
  for (const streamIndex of likelyTracks(file)) {
    const found = readAhead(file, streamIndex);
    if (found === undefined) continue;
    ahead.set(streamIndex, found);
    bytes += (found?.samples.table.count ?? 0) * bytesPerPacket;
    if (bytes > maxBytes) break;
  }
  return new PreparedMp4(file, ahead);
};
