import { writeFile } from "node:fs/promises";
import { deflateSync } from "node:zlib";
import type { CorpusCase } from "#tests/corpus/corpus-case.ts";
import { ids, makeElement } from "#tests/corpus/ebml.ts";
import { clip, encoded, h264, patched, picture, tone, written } from "#tests/corpus/make-clip.ts";
import { editBox, makeBox, requireBox } from "#tests/corpus/mp4-boxes.ts";
import { lavfi } from "#tests/media/run-tool.ts";

/** A file made to cost more than it weighs, and how it may end. */
export type Bomb = Pick<CorpusCase, "name" | "about" | "make"> & {
  /** Outcomes that are right; null: any of ready and the codes. */
  outcomes: readonly string[] | null;
};

const aac = ["-c:a", "aac"];
const usual = clip(h264, aac);
const table = "moov/trak/mdia/minf/stbl";
const numbers = (...values: readonly number[]) => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, index * 4);
  return bytes;
};

/** Puts another box in a box's place; all around it change with it. The index must stand behind the media. */
const replaced = (path: string, box: Buffer) => (bytes: Buffer) => {
  const { place, around } = requireBox(bytes, path);
  const grown = box.byteLength - (place.end - place.start);
  for (const { start } of around.slice(0, -1)) bytes.writeUInt32BE(bytes.readUInt32BE(start) + grown, start);
  return Buffer.concat([bytes.subarray(0, place.start), box, bytes.subarray(place.end)]);
};
const tables = (as: string, ...changes: readonly ((bytes: Buffer) => Buffer)[]) =>
  patched({ from: usual, change: (bytes) => changes.reduce((changed, change) => change(changed), bytes), as });

const nested = (depth: number, wrap: (inner: Buffer) => Buffer) =>
  Array.from({ length: depth }).reduce<Buffer>(wrap, Buffer.alloc(0));
const fileType = makeBox("ftyp", Buffer.from("isom\0\0\x02\0isomiso2avc1mp41", "latin1"));
const manyEntries = (count: number, ...entry: readonly number[]) =>
  Buffer.concat([numbers(0, count), ...Array.from({ length: count }, () => numbers(...entry))]);

const tablesOfLies: readonly Bomb[] = [
  {
    name: "hundred-million-samples.mp4",
    about: "a small index that claims a hundred million samples",
    make: tables(
      "h.mp4",
      replaced(`${table}/stsz`, makeBox("stsz", numbers(0, 1, 100_000_000))),
      replaced(`${table}/stts`, makeBox("stts", numbers(0, 1, 100_000_000, 1))),
      replaced(`${table}/stsc`, makeBox("stsc", numbers(0, 1, 1, 100_000_000, 1))),
    ),
    outcomes: null,
  },
  {
    name: "hundred-thousand-durations.mp4",
    about: "a hundred thousand entries of durations for fifty samples",
    make: tables("d.mp4", replaced(`${table}/stts`, makeBox("stts", manyEntries(100_000, 1, 1)))),
    outcomes: null,
  },
  {
    name: "hundred-thousand-edits.mp4",
    about: "a hundred thousand edits",
    make: tables(
      "e.mp4",
      replaced("moov/trak/edts", makeBox("edts", makeBox("elst", manyEntries(100_000, 1, 0, 0x10000)))),
    ),
    outcomes: null,
  },
  {
    name: "endless-sample.mp4",
    about: "samples whose sizes and durations are the largest there are",
    make: tables(
      "s.mp4",
      replaced(`${table}/stsz`, makeBox("stsz", numbers(0, 0x7fffffff, 50))),
      replaced(`${table}/stts`, makeBox("stts", numbers(0, 1, 50, 0x7fffffff))),
    ),
    outcomes: null,
  },
  {
    name: "offsets-outside.mp4",
    about: "chunks that lie in the header and behind the end",
    make: tables("o.mp4", (bytes) =>
      editBox(bytes, `${table}/stco`, (body) => {
        for (let at = 8; at + 4 <= body.byteLength; at += 4) body.writeUInt32BE(at % 8 === 0 ? 0 : 0xfffffff0, at);
      }),
    ),
    outcomes: null,
  },
  {
    name: "no-time-scale.mp4",
    about: "a track whose clock has no rate",
    make: tables("c.mp4", (bytes) => editBox(bytes, "moov/trak/mdia/mdhd", (body) => body.writeUInt32BE(0, 12))),
    outcomes: null,
  },
  {
    name: "negative-size.mp4",
    about: "a box whose size is minus one",
    make: tables("n.mp4", (bytes) => {
      bytes.writeInt32BE(-1, requireBox(bytes, "moov/trak").place.start);
      return bytes;
    }),
    outcomes: null,
  },
  {
    name: "size-of-seven.mp4",
    about: "a box smaller than its own head",
    make: tables("7.mp4", (bytes) => {
      bytes.writeInt32BE(7, requireBox(bytes, "moov/trak/mdia").place.start);
      return bytes;
    }),
    outcomes: null,
  },
];

const depths: readonly Bomb[] = [
  {
    name: "nested-boxes.mp4",
    about: "twenty thousand boxes inside each other",
    make: written(Buffer.concat([fileType, nested(20_000, (inner) => makeBox("moov", inner))])),
    outcomes: ["not_media", "truncated", "no_streams", "corrupt"],
  },
  {
    name: "nested-tags.mkv",
    about: "five thousand elements inside each other",
    make: written(
      Buffer.concat([
        makeElement(0x1a45dfa3, makeElement(0x4282, Buffer.from("matroska"))),
        makeElement(
          ids.segment,
          nested(5_000, (inner) => makeElement(0x67c8, inner)),
        ),
      ]),
    ),
    outcomes: ["not_media", "no_streams", "corrupt"],
  },
  {
    name: "endless-element.mkv",
    about: "an element whose size is the largest there is",
    make: written(
      Buffer.concat([
        makeElement(0x1a45dfa3, makeElement(0x4282, Buffer.from("matroska"))),
        Buffer.from("18538067017ffffffffffffe", "hex"),
        Buffer.from("1654ae6b017ffffffffffffe", "hex"),
        Buffer.alloc(2_000, 0xae),
      ]),
    ),
    outcomes: ["not_media", "no_streams", "corrupt"],
  },
  {
    name: "packed-index.mov",
    about: "a packed index that unpacks to 300 MB",
    make: written(
      Buffer.concat([
        fileType,
        makeBox(
          "moov",
          makeBox(
            "cmov",
            makeBox("dcom", Buffer.from("zlib")),
            makeBox("cmvd", numbers(300_000_000), deflateSync(Buffer.alloc(300_000_000))),
          ),
        ),
      ]),
    ),
    outcomes: ["not_media", "no_streams", "corrupt", "truncated"],
  },
];

const sizes: readonly Bomb[] = [
  {
    name: "huge-frame.mp4",
    about: "16000x16000 pixels in some kilobytes",
    make: encoded(lavfi("color=s=16000x16000:r=1:d=1"), ["-c:v", "libx264", "-preset", "ultrafast", "-frames:v", "1"]),
    outcomes: ["too_large_frame"],
  },
  {
    name: "twelve-hours.mkv",
    about: "two frames, eleven hours apart, in three kilobytes",
    make: encoded(picture({ rate: "1", seconds: 2 }), ["-vf", "setpts=N*39600/TB", "-fps_mode", "vfr", ...h264]),
    outcomes: ["corrupt"],
  },
  {
    name: "nine-minutes.mkv",
    about: "two frames, nine minutes apart: bounded work, so it may be done",
    make: encoded(picture({ rate: "1", seconds: 2, size: "64x36" }), [
      "-vf",
      "setpts=N*540/TB",
      "-fps_mode",
      "vfr",
      ...h264,
    ]),
    outcomes: null,
  },
  {
    name: "two-hundred-streams.mkv",
    about: "two hundred tracks",
    make: encoded(lavfi("anullsrc=r=8000:cl=mono:d=0.3"), [
      ...Array.from({ length: 200 }, () => ["-map", "0:a"]).flat(),
      ...["-c:a", "pcm_s16le"],
    ]),
    outcomes: ["too_many_streams"],
  },
  {
    name: "fonts.mkv",
    about: "eighty attached fonts",
    make: async ({ path, folder }) => {
      const font = `${folder}/font.ttf`;
      await writeFile(font, Buffer.alloc(50_000, 0x41));
      const attached = Array.from({ length: 80 }, () => ["-attach", font]).flat();
      const typed = Array.from({ length: 80 }, (_, index) => [`-metadata:s:t:${index}`, "mimetype=font/ttf"]).flat();
      await encoded(picture(), tone(), h264, aac, attached, typed)({ path, folder });
    },
    outcomes: ["ready"],
  },
  {
    name: "huge-tags.mp4",
    about: "a title of twenty megabytes",
    make: tables("t.mp4", (bytes) => {
      const title = Buffer.alloc(20_000_000, 0x61);
      const data = makeBox("data", numbers(1, 0), title);
      const meta = makeBox(
        "meta",
        numbers(0),
        makeBox("hdlr", numbers(0, 0), Buffer.from("mdirappl"), Buffer.alloc(9)),
        makeBox("ilst", makeBox("\u00a9nam", data)),
      );
      return replaced("moov/udta", makeBox("udta", meta))(bytes);
    }),
    outcomes: null,
  },
  {
    name: "endless-tag.mp3",
    about: "a tag that claims 256 MB before the sound",
    make: patched({
      from: encoded(tone(), ["-c:a", "libmp3lame", "-id3v2_version", "0"]),
      change: (bytes) => Buffer.concat([Buffer.from("49443303000000" + "7f7f7f", "hex"), bytes]),
    }),
    outcomes: null,
  },
  {
    name: "many-programs.ts",
    about: "a transport stream whose tables name a thousand programs",
    make: patched({
      from: clip(["-c:v", "mpeg2video", "-c:a", "mp2"]),
      change: (bytes) => {
        for (let at = 0; at + 188 <= bytes.byteLength; at += 188 * 3) bytes.fill(0x47, at + 4, at + 188);
        return bytes;
      },
    }),
    outcomes: null,
  },
];

/** Files made to cost more than they weigh. */
export const bombs: readonly Bomb[] = [...tablesOfLies, ...depths, ...sizes];
