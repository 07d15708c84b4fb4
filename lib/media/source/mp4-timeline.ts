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
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let index = 0; index < table.count; index += 1) {
    const time = table.times[index] ?? 0;
    if (time < first) first = time;
    if (time > last) last = time;
  }
  const sound = track.kind === "audio";
  const priming = sound ? maxPrimingSeconds * track.timescale : 0;
  const padding = sound ? maxPaddingSeconds * track.timescale : 0;
  requireOf(first + priming >= shown.from, "an edit that cuts the beginning");
  requireOf(last - padding < shown.to, "an edit that cuts the end");
};

/** Ends where the packet shown last ends; some writers leave the last length 0. */
const endOf = (table: SampleTable): number => {
  let last = 0;
  for (let index = 1; index < table.count; index += 1) {
    if ((table.times[index] ?? 0) > (table.times[last] ?? 0)) last = index;
  }
  const length = (index: number) => (table.decodeTimes[index + 1] ?? table.decodeEnd) - (table.decodeTimes[index] ?? 0);
  const own = length(last);
  return (table.times[last] ?? 0) + Math.max(1, own > 0 ? own : length(Math.max(0, last - 1)));
};

/**
 * Puts a track's packets on the run's timeline. `zeroSeconds` is the run's time 0 in the file's time. Only edits that
 * hide an initial delay or the priming of sound, or begin later, are taken; sound before time 0 keeps its negative time.
 * Throws `SourceRefusal` for any other edit.
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
  const { count, offsets, sizes, keys } = table;
  const endTicks = endOf(table) + shift;
  const times = table.times.slice();
  if (shift !== 0) for (let index = 0; index < count; index += 1) times[index] = (times[index] ?? 0) + shift;
  return { count, times, offsets, sizes, keys, endTicks };
};
