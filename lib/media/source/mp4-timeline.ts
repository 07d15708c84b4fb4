import type { Mp4Track } from "#lib/media/source/mp4-tracks.ts";
import type { SampleTable } from "#lib/media/source/sample-table.ts";
import { requireOf } from "#lib/media/source/source-refusal.ts";
import type { SourceTable } from "#lib/media/source/source-table.ts";

/** Priming that writers of AAC and Opus hide behind an edit: up to 2112 samples of 8 kHz. */
const maxPrimingSeconds = 0.3;
/** Sound that an edit may hide at the end: the padding of the last packets. */
const maxPaddingSeconds = 0.3;

/** The stretch of the media that is shown, in ticks of the media, and how much later than at 0 it is shown. */
type Shown = { from: number; to: number; delayTicks: number };

const shownOf = (track: Mp4Track, movieTimescale: number): Shown => {
  const toMedia = (ticks: number) => (ticks * track.timescale) / movieTimescale;
  const delays = track.edits.findIndex(({ mediaTime }) => mediaTime !== -1);
  if (track.edits.length === 0) return { from: 0, to: Number.POSITIVE_INFINITY, delayTicks: 0 };
  const [edit, ...more] = track.edits.slice(delays === -1 ? 0 : delays);
  requireOf(delays !== -1 && edit !== undefined && more.length === 0, "an edit list that rearranges");
  const { mediaTime = 0, durationTicks = 0, rate = 1 } = edit ?? {};
  requireOf(rate === 1 && mediaTime >= 0, "an edit at another speed");
  const delay = track.edits.slice(0, delays).reduce((sum, { durationTicks: ticks }) => sum + ticks, 0);
  // Lengths are rounded to ticks of the movie, which are often milliseconds.
  const to = durationTicks === 0 ? Number.POSITIVE_INFINITY : mediaTime + toMedia(durationTicks + 1);
  return { from: mediaTime, to, delayTicks: Math.round(toMedia(delay)) };
};

const checkShown = (input: { track: Mp4Track; table: SampleTable; shown: Shown }): void => {
  const { track, table, shown } = input;
  const sound = track.kind === "audio";
  const priming = sound ? maxPrimingSeconds * track.timescale : 0;
  const padding = sound ? maxPaddingSeconds * track.timescale : 0;
  requireOf(table.firstTime + priming >= shown.from, "an edit that cuts the beginning");
  requireOf(table.lastTime - padding < shown.to, "an edit that cuts the end");
};

/** Moves every time of a table, in place. */
const move = (times: Float64Array, ticks: number): void => {
  if (ticks === 0) return;
  for (let index = 0; index < times.length; index += 1) times[index] = (times[index] ?? 0) + ticks;
};

/**
 * Puts a track's packets on the run's timeline; `table` is used up by it. `zeroSeconds` is the run's time 0 in the file's
 * time. Only edits that hide an initial delay or the priming of sound, or begin later, are taken; sound before time 0
 * keeps its negative time. Throws `SourceRefusal` for any other edit.
 */
export const placeOnTimeline = (input: {
  track: Mp4Track;
  movieTimescale: number;
  table: SampleTable;
  zeroSeconds: number;
}): SourceTable => {
  const { track, table } = input;
  const shown = shownOf(track, input.movieTimescale);
  checkShown({ track, table, shown });
  const shift = shown.delayTicks - shown.from - Math.round(input.zeroSeconds * track.timescale);
  const { count, times, offsets, sizes, keys, endTime } = table;
  move(times, shift);
  return { count, times, offsets, sizes, keys, endTicks: endTime + shift };
};

/** A table that was placed for time 0 of the file, as it is for another `zeroSeconds`. */
export const withZeroAt = (input: { table: SourceTable; timescale: number; zeroSeconds: number }): SourceTable => {
  const ticks = -Math.round(input.zeroSeconds * input.timescale);
  if (ticks === 0) return input.table;
  const times = input.table.times.slice();
  move(times, ticks);
  return { ...input.table, times, endTicks: input.table.endTicks + ticks };
};
