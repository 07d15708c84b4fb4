import { boxesOf, boxType, findBox, type Mp4Range, requireBox, uint64, viewOf } from "#lib/media/source/mp4-boxes.ts";
import { requireOf } from "#lib/media/source/source-refusal.ts";

/** One line of an edit list. `mediaTime` -1 shows nothing for its length. */
export type Mp4Edit = { /** In ticks of the movie. */ durationTicks: number; mediaTime: number; rate: number };

/** The head of a track; its sample table is read apart, and only when somebody wants it. */
export type Mp4Track = {
  /** Place among the file's tracks, which is ffprobe's index of the stream. */
  index: number;
  kind: "video" | "audio" | "other";
  timescale: number;
  /** Length of the media in ticks of `timescale`. */
  durationTicks: number;
  /** Whether the picture is shown as stored: neither turned, nor flipped, nor scaled. */
  upright: boolean;
  edits: readonly Mp4Edit[];
  stbl: Mp4Range;
};

/** What a `moov` box says besides the sample tables. */
export type Mp4Movie = { view: DataView; timescale: number; tracks: readonly Mp4Track[] };

const maxTracks = 100;
const maxEdits = 1_000;

const identity = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000];

const isUpright = (view: DataView, trak: Mp4Range): boolean => {
  const tkhd = requireBox(view, trak, { path: ["tkhd"], bytes: 84 });
  const at = tkhd.start + (view.getUint8(tkhd.start) === 1 ? 52 : 40);
  requireOf(at + 36 <= tkhd.end, "tkhd is too small");
  return identity.every((value, index) => view.getInt32(at + index * 4) === value);
};

/** Time scale and length out of `mdhd` or `mvhd`, which agree in their first fields. */
const readClock = (view: DataView, box: Mp4Range) => {
  const long = view.getUint8(box.start) === 1;
  requireOf(box.end - box.start >= (long ? 32 : 20), "a media header that is too small");
  const timescale = view.getUint32(box.start + (long ? 20 : 12));
  requireOf(timescale > 0, "a time scale of 0");
  return { timescale, durationTicks: long ? uint64(view, box.start + 24) : view.getUint32(box.start + 16) };
};

const readEdits = (view: DataView, trak: Mp4Range): Mp4Edit[] => {
  const elst = findBox(view, trak, ["edts", "elst"]);
  if (elst === null) return [];
  requireOf(elst.end - elst.start >= 8, "elst is too small");
  const long = view.getUint8(elst.start) === 1;
  const count = view.getUint32(elst.start + 4);
  const bytes = long ? 20 : 12;
  requireOf(count <= maxEdits && count * bytes <= elst.end - elst.start - 8, "elst claims more than it holds");
  return Array.from({ length: count }, (_, index) => {
    const at = elst.start + 8 + index * bytes;
    const empty = view.getInt32(at + (long ? 8 : 4)) === -1;
    return {
      durationTicks: long ? uint64(view, at) : view.getUint32(at),
      mediaTime: empty ? -1 : long ? uint64(view, at + 8) : view.getInt32(at + 4),
      rate: view.getInt32(at + bytes - 4) / 0x10000,
    };
  });
};

const kinds: Record<string, Mp4Track["kind"]> = { vide: "video", soun: "audio" };

const readTrack = (view: DataView, { trak, index }: { trak: Mp4Range; index: number }): Mp4Track => {
  const hdlr = requireBox(view, trak, { path: ["mdia", "hdlr"], bytes: 12 });
  return {
    index,
    kind: kinds[boxType(view, hdlr.start + 8)] ?? "other",
    ...readClock(view, requireBox(view, trak, { path: ["mdia", "mdhd"], bytes: 20 })),
    upright: isUpright(view, trak),
    edits: readEdits(view, trak),
    stbl: requireBox(view, trak, { path: ["mdia", "minf", "stbl"], bytes: 0 }),
  };
};

/**
 * Reads the heads of all tracks. `moov` is the body of the box. Throws `SourceRefusal` for damaged boxes and for files
 * with fragments, whose tables are only a beginning.
 */
export const readMovie = (moov: Uint8Array): Mp4Movie => {
  const view = viewOf(moov);
  const boxes = boxesOf(view, { start: 0, end: moov.byteLength });
  requireOf(!boxes.some(({ type }) => type === "mvex"), "fragmented");
  requireOf(!boxes.some(({ type }) => type === "cmov"), "a compressed index");
  const { timescale } = readClock(
    view,
    requireBox(view, { start: 0, end: moov.byteLength }, { path: ["mvhd"], bytes: 20 }),
  );
  const traks = boxes.filter(({ type }) => type === "trak");
  requireOf(traks.length > 0 && traks.length <= maxTracks, `${traks.length} tracks`);
  return { view, timescale, tracks: traks.map((trak, index) => readTrack(view, { trak, index })) };
};
