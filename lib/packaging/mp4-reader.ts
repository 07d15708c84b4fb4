import { readSampleEntry } from "#lib/media/source/mp4-sample-entry.ts";
import { placeOnTimeline } from "#lib/media/source/mp4-timeline.ts";
import type { Mp4Track } from "#lib/media/source/mp4-tracks.ts";
import { readSampleTable } from "#lib/media/source/sample-table.ts";
import type { SourceFormat } from "#lib/media/source/source-format.ts";
import { SourceRefusal } from "#lib/media/source/source-refusal.ts";
import type { SourceTable } from "#lib/media/source/source-table.ts";
import type { Mp4File } from "#lib/packaging/mp4-layout.ts";

/** One track of an MP4 file, every packet known. */
export type Mp4TrackTable = { format: SourceFormat; timescale: number; table: SourceTable };

const requireTrack = ({ movie }: Mp4File, streamIndex: number): Mp4Track & { kind: "video" | "audio" } => {
  const track = movie.tracks[streamIndex];
  if (track === undefined || track.kind === "other") throw new SourceRefusal("no such track");
  return { ...track, kind: track.kind };
};

/**
 * Reads one track and puts it on the run's timeline; `zeroSeconds` is the run's time 0 in the file's time. Null when its
 * codec is none that is packaged. Throws `SourceRefusal` for damaged tables, pictures that are turned and edits that
 * rearrange.
 */
export const readMp4Track = (input: {
  file: Mp4File;
  streamIndex: number;
  zeroSeconds: number;
}): Mp4TrackTable | null => {
  const { movie, media } = input.file;
  const track = requireTrack(input.file, input.streamIndex);
  if (!track.upright) throw new SourceRefusal("turned");
  const { stbl, kind, timescale, durationTicks } = track;
  const format = readSampleEntry(movie.view, { stbl, kind });
  if (format === null) return null;
  const table = readSampleTable(movie.view, { stbl, bounds: { timescale, durationTicks, media } });
  const { zeroSeconds } = input;
  return {
    format,
    timescale,
    table: placeOnTimeline({ track, movieTimescale: movie.timescale, table, zeroSeconds }),
  };
};
