import { findBox, type Mp4Box, type Mp4Range, requireBox, uint64 } from "#lib/media/source/mp4-boxes.ts";
import { requireOf, SourceRefusal } from "#lib/media/source/source-refusal.ts";

/** More packets than 12 hours at 60 frames a second have. */
export const maxSamples = 4_000_000;
/** Packets a second that no supported codec exceeds: AAC at 96 kHz has 94, pictures are refused above 60. */
const maxSamplesPerSecond = 250;

/** What a sample table is checked against. */
export type TableBounds = {
  timescale: number;
  /** Length of the media as `mdhd` declares it, in ticks. */
  durationTicks: number;
  /** Bodies of the file's `mdat` boxes, in order. */
  media: readonly Mp4Range[];
};

/** A sample table as stored: decode order, times in ticks of the media's own clock. */
export type SampleTable = {
  count: number;
  /** Presentation times, before edits. */
  times: Float64Array;
  /** The earliest and the latest of them. */
  firstTime: number;
  lastTime: number;
  /** Where the packet that is shown last ends. */
  endTime: number;
  offsets: Float64Array;
  sizes: Uint32Array;
  keys: Uint8Array;
};

/** The entries of a full box that is a list: a count, then entries of one size. */
type Entries = { at: number; count: number };

const entriesOf = (view: DataView, input: { box: Mp4Box; entryBytes: number; headBytes?: number }): Entries => {
  const { box, entryBytes, headBytes = 8 } = input;
  requireOf(box.end - box.start >= headBytes, `${box.type} is too small`);
  const count = view.getUint32(box.start + headBytes - 4);
  requireOf(count * entryBytes <= box.end - box.start - headBytes, `${box.type} claims more than it holds`);
  return { at: box.start + headBytes, count };
};

/** Every list of one `stbl`, its counts checked against the boxes' sizes and nothing yet allocated. */
type Lists = {
  sizes: Entries & { constant: number; narrow: boolean };
  durations: Entries;
  compositions: Entries | null;
  chunkRuns: Entries;
  chunkOffsets: Entries & { wide: boolean };
  keys: Entries | null;
};

const readSizesBox = (view: DataView, stbl: Mp4Range): Lists["sizes"] => {
  const narrow = findBox(view, stbl, ["stz2"]);
  if (narrow !== null) {
    requireOf(narrow.end - narrow.start >= 12, "stz2 is too small");
    const bits = view.getUint8(narrow.start + 7);
    requireOf(bits === 16, `sizes of ${bits} bits`);
    return { ...entriesOf(view, { box: narrow, entryBytes: 2, headBytes: 12 }), constant: 0, narrow: true };
  }
  const box = requireBox(view, stbl, { path: ["stsz"], bytes: 12 });
  const constant = view.getUint32(box.start + 4);
  const entryBytes = constant === 0 ? 4 : 0;
  return { ...entriesOf(view, { box, entryBytes, headBytes: 12 }), constant, narrow: false };
};

const readLists = (view: DataView, stbl: Mp4Range): Lists => {
  const required = (path: string) => requireBox(view, stbl, { path: [path], bytes: 8 });
  const optional = (type: string, entryBytes: number) => {
    const box = findBox(view, stbl, [type]);
    return box === null ? null : entriesOf(view, { box, entryBytes });
  };
  const wide = findBox(view, stbl, ["co64"]);
  return {
    sizes: readSizesBox(view, stbl),
    durations: entriesOf(view, { box: required("stts"), entryBytes: 8 }),
    compositions: optional("ctts", 8),
    chunkRuns: entriesOf(view, { box: required("stsc"), entryBytes: 12 }),
    chunkOffsets:
      wide === null
        ? { ...entriesOf(view, { box: required("stco"), entryBytes: 4 }), wide: false }
        : { ...entriesOf(view, { box: wide, entryBytes: 8 }), wide: true },
    keys: optional("stss", 4),
  };
};

/** Sum of the counts in a list of (count, value) pairs. */
const sumOfCounts = (view: DataView, { at, count }: Entries): number => {
  let sum = 0;
  for (let index = 0; index < count; index += 1) sum += view.getUint32(at + index * 8);
  return sum;
};

const sumOfDurations = (view: DataView, { at, count }: Entries): number => {
  let sum = 0;
  for (let index = 0; index < count; index += 1) {
    sum += view.getUint32(at + index * 8) * view.getUint32(at + index * 8 + 4);
  }
  return sum;
};

/** Packets that all chunks hold together. Throws when the runs of chunks are not in order. */
const countInChunks = (view: DataView, { chunkRuns, chunkOffsets }: Lists): number => {
  let sum = 0;
  for (let index = 0; index < chunkRuns.count; index += 1) {
    const at = chunkRuns.at + index * 12;
    const first = view.getUint32(at);
    const last = index + 1 === chunkRuns.count ? chunkOffsets.count + 1 : view.getUint32(at + 12);
    requireOf(first >= 1 && last > first && last <= chunkOffsets.count + 1, "stsc is out of order");
    requireOf(view.getUint32(at + 8) === 1, "more than one sample description");
    requireOf(index > 0 || first === 1, "stsc does not begin with the first chunk");
    sum += (last - first) * view.getUint32(at + 4);
  }
  return sum;
};

/** Holds every claim against the others, the declared duration and the file, by looking at runs only. */
const checkLists = (view: DataView, lists: Lists, bounds: TableBounds): number => {
  const { count, constant } = lists.sizes;
  const mediaBytes = bounds.media.reduce((sum, { start, end }) => sum + end - start, 0);
  const seconds = bounds.durationTicks / bounds.timescale;
  requireOf(count > 0, "no packets");
  requireOf(count <= maxSamples && count <= seconds * maxSamplesPerSecond + 100, `${count} packets in ${seconds} s`);
  requireOf(count * Math.max(1, constant) <= mediaBytes, "more packets than media");
  requireOf(sumOfCounts(view, lists.durations) === count, "stts and stsz differ");
  requireOf(lists.compositions === null || sumOfCounts(view, lists.compositions) === count, "ctts and stsz differ");
  requireOf(countInChunks(view, lists) === count, "stsc and stsz differ");
  requireOf(lists.keys === null || lists.keys.count <= count, "stss and stsz differ");
  const ticks = sumOfDurations(view, lists.durations);
  const slack = bounds.durationTicks * 0.02 + bounds.timescale * 2;
  requireOf(Math.abs(ticks - bounds.durationTicks) <= slack, "stts and the declared duration differ");
  return count;
};

const fillSizes = (view: DataView, { sizes }: Lists): Uint32Array => {
  const filled = new Uint32Array(sizes.count);
  if (sizes.constant !== 0) return filled.fill(sizes.constant);
  for (let index = 0; index < sizes.count; index += 1) {
    filled[index] = sizes.narrow ? view.getUint16(sizes.at + index * 2) : view.getUint32(sizes.at + index * 4);
  }
  return filled;
};

/** Decode times: every packet's, in ticks. */
const fillDecodeTimes = (view: DataView, { durations, sizes }: Lists): Float64Array => {
  const times = new Float64Array(sizes.count);
  let index = 0;
  let time = 0;
  for (let run = 0; run < durations.count; run += 1) {
    const end = index + view.getUint32(durations.at + run * 8);
    const delta = view.getUint32(durations.at + run * 8 + 4);
    for (; index < end; index += 1) {
      times[index] = time;
      time += delta;
    }
  }
  return times;
};

/**
 * Makes presentation times of decode times, in place. Composition offsets are read as signed in both versions of the box,
 * as writers use them.
 */
const addCompositions = (view: DataView, input: { lists: Lists; times: Float64Array; timescale: number }): void => {
  const { lists, times, timescale } = input;
  if (lists.compositions === null) return;
  const { at, count } = lists.compositions;
  let index = 0;
  for (let run = 0; run < count; run += 1) {
    const end = index + view.getUint32(at + run * 8);
    const offset = view.getInt32(at + run * 8 + 4);
    requireOf(Math.abs(offset) <= timescale * 10, "a composition offset of more than ten seconds");
    for (; index < end; index += 1) times[index] = (times[index] ?? 0) + offset;
  }
};

/** Length of one packet as `stts` tells it. */
const durationOf = (view: DataView, { durations, index }: { durations: Entries; index: number }): number => {
  let end = 0;
  for (let run = 0; run < durations.count; run += 1) {
    end += view.getUint32(durations.at + run * 8);
    if (index < end) return view.getUint32(durations.at + run * 8 + 4);
  }
  return 0;
};

/** Beginning and end of what is shown; some writers leave the last length 0. */
const shownBetween = (view: DataView, { lists, times }: { lists: Lists; times: Float64Array }) => {
  let firstTime = Number.POSITIVE_INFINITY;
  let lastTime = Number.NEGATIVE_INFINITY;
  let last = 0;
  for (let index = 0; index < times.length; index += 1) {
    const time = times[index] ?? 0;
    if (time < firstTime) firstTime = time;
    if (time > lastTime) {
      lastTime = time;
      last = index;
    }
  }
  const { durations } = lists;
  const own = durationOf(view, { durations, index: last });
  const length = own > 0 ? own : durationOf(view, { durations, index: Math.max(0, last - 1) });
  return { firstTime, lastTime, endTime: lastTime + Math.max(1, length) };
};

const fillKeys = (view: DataView, { keys, sizes }: Lists): Uint8Array => {
  const filled = new Uint8Array(sizes.count);
  if (keys === null) return filled.fill(1);
  let last = 0;
  for (let index = 0; index < keys.count; index += 1) {
    const number = view.getUint32(keys.at + index * 4);
    requireOf(number > last && number <= sizes.count, "stss is out of order");
    filled[number - 1] = 1;
    last = number;
  }
  return filled;
};

/** The media box that a stretch lies in. */
const mediaAround = (media: readonly Mp4Range[], start: number, end: number): Mp4Range => {
  const around = media.find((range) => start >= range.start && end <= range.end);
  if (around === undefined) throw new SourceRefusal("packets outside the media boxes");
  return around;
};

const fillOffsets = (view: DataView, input: { lists: Lists; sizes: Uint32Array; media: readonly Mp4Range[] }) => {
  const { lists, sizes, media } = input;
  const { chunkRuns, chunkOffsets } = lists;
  const offsets = new Float64Array(sizes.length);
  const starts = new Float64Array(chunkOffsets.count);
  const ends = new Float64Array(chunkOffsets.count);
  let [run, index] = [0, 0];
  let around: Mp4Range = { start: 0, end: -1 };
  for (let chunk = 0; chunk < chunkOffsets.count; chunk += 1) {
    if (run + 1 < chunkRuns.count && view.getUint32(chunkRuns.at + (run + 1) * 12) === chunk + 1) run += 1;
    const end = index + view.getUint32(chunkRuns.at + run * 12 + 4);
    const start = chunkOffsets.wide
      ? uint64(view, chunkOffsets.at + chunk * 8)
      : view.getUint32(chunkOffsets.at + chunk * 4);
    let at = start;
    for (; index < end; index += 1) {
      offsets[index] = at;
      at += sizes[index] ?? 0;
    }
    if (start < around.start || at > around.end) around = mediaAround(media, start, at);
    starts[chunk] = start;
    ends[chunk] = at;
  }
  requireApart(starts, ends);
  return offsets;
};

/** Chunks of one track that overlap would let a small file stand for a large one. */
const requireApart = (starts: Float64Array, ends: Float64Array): void => {
  let ordered = true;
  for (let chunk = 1; chunk < starts.length && ordered; chunk += 1) {
    ordered = (starts[chunk] ?? 0) >= (ends[chunk - 1] ?? 0);
  }
  if (ordered) return;
  starts.sort();
  ends.sort();
  for (let chunk = 1; chunk < starts.length; chunk += 1) {
    requireOf((starts[chunk] ?? 0) >= (ends[chunk - 1] ?? 0), "packets lie over each other");
  }
};

/**
 * Reads one `stbl` (ISO/IEC 14496-12 sections 8.6 and 8.7). Every count is held against the others, the box that holds
 * it, the declared duration and the size of the media before anything is allocated or run through, so a table that
 * claims millions of packets costs nothing; every packet lies inside a media box. Throws `SourceRefusal`.
 */
export const readSampleTable = (
  view: DataView,
  { stbl, bounds }: { stbl: Mp4Range; bounds: TableBounds },
): SampleTable => {
  requireOf(bounds.timescale > 0 && bounds.durationTicks > 0, "no duration declared");
  const lists = readLists(view, stbl);
  const count = checkLists(view, lists, bounds);
  const sizes = fillSizes(view, lists);
  const keys = fillKeys(view, lists);
  const offsets = fillOffsets(view, { lists, sizes, media: bounds.media });
  const times = fillDecodeTimes(view, lists);
  addCompositions(view, { lists, times, timescale: bounds.timescale });
  return { count, times, ...shownBetween(view, { lists, times }), offsets, sizes, keys };
};
