import { type CorpusCase, failed, ready } from "#tests/corpus/corpus-case.ts";
import { appendToTracks, encryption } from "#tests/corpus/ebml.ts";
import { clip, encoded, h264, patched, picture, remade, tone, written } from "#tests/corpus/make-clip.ts";

const aac = ["-c:a", "aac"];
const long = encoded(picture({ seconds: 4 }), tone(4), h264, aac);
/** What is left of a file that broke off: about half of its length plays. */
const half = ready({ seconds: 2, tolerance: 1.2 });
const cutAt = (share: number) => (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.byteLength * share));
const matroska = remade({
  from: clip(h264, aac),
  as: "usual.mp4",
  after: ["-c", "copy", "-live", "1", "-f", "matroska"],
});
const cenc = [
  ...["-c", "copy", "-encryption_scheme", "cenc-aes-ctr", "-encryption_key", "76a6c65c5ea762046bd749a2e632ccbb"],
  ...["-encryption_kid", "a7e61c373e219033c21091fa607bf3b8"],
];

const cut: readonly CorpusCase[] = [
  {
    name: "cut.mp4",
    about: "MP4, index in front, broken off in the middle: plays what is there",
    make: patched({
      from: encoded(picture({ seconds: 4 }), tone(4), h264, aac, ["-movflags", "+faststart"]),
      change: cutAt(0.6),
    }),
    expected: half,
    everyTest: true,
  },
  { name: "cut.mkv", about: "Matroska, broken off", make: patched({ from: long, change: cutAt(0.6) }), expected: half },
  { name: "cut.ts", about: "MPEG-TS, broken off", make: patched({ from: long, change: cutAt(0.6) }), expected: half },
  {
    name: "cut.avi",
    about: "AVI, broken off",
    make: patched({
      from: encoded(picture({ seconds: 4 }), tone(4), ["-c:v", "mpeg4", "-c:a", "libmp3lame"]),
      change: cutAt(0.6),
    }),
    expected: half,
  },
  {
    name: "cut-index.mp4",
    about: "MP4 whose index, behind the media, was lost",
    make: patched({ from: long, change: cutAt(0.7) }),
    expected: failed("truncated"),
    everyTest: true,
  },
];

const nothing: readonly CorpusCase[] = [
  { name: "empty.mp4", about: "no byte at all", make: written(""), expected: failed("empty_file") },
  { name: "text.mp4", about: "a text", make: written("Not a video.\n".repeat(500)), expected: failed("not_media") },
  {
    name: "picture.png",
    about: "a picture",
    make: encoded(picture(), ["-frames:v", "1"]),
    expected: failed("not_media"),
  },
  {
    name: "picture.jpg",
    about: "a photograph",
    make: encoded(picture(), ["-frames:v", "1", "-pix_fmt", "yuvj420p"]),
    expected: failed("not_media"),
  },
  {
    name: "header-only.mkv",
    about: "a header without a single frame",
    make: patched({ from: matroska, change: (bytes) => bytes.subarray(0, bytes.indexOf("1f43b675", 0, "hex")) }),
    expected: failed("not_media"),
  },
  {
    name: "no-frames.mp4",
    about: "an MP4 whose tracks hold no sample",
    make: encoded(picture(), tone(), h264, aac, ["-t", "0"]),
    expected: failed("no_streams"),
  },
  {
    name: "subtitles.mkv",
    about: "subtitles alone",
    make: async ({ path, folder }) => {
      await written("1\n00:00:01,000 --> 00:00:02,000\nhi\n")({ path: `${folder}/only.srt`, folder });
      await encoded(["-i", `${folder}/only.srt`])({ path, folder });
    },
    expected: failed("no_streams"),
  },
];

const locked: readonly CorpusCase[] = [
  {
    name: "locked.mp4",
    about: "MP4 under Common Encryption",
    make: remade({ from: long, as: "a.mp4", after: cenc }),
    expected: failed("drm"),
  },
  {
    name: "locked.mkv",
    about: "Matroska with encrypted tracks and the id of their key",
    make: patched({ from: matroska, change: (bytes) => appendToTracks(bytes, encryption(Buffer.alloc(16, 7))) }),
    expected: failed("drm"),
    everyTest: true,
  },
  {
    name: "locked-keyless.mkv",
    about: "Matroska with encrypted tracks and no key's id",
    make: patched({ from: matroska, change: (bytes) => appendToTracks(bytes, encryption(null)) }),
    expected: failed("drm"),
  },
];

/** Files that are broken, empty, locked or no medium. */
export const damageCases: readonly CorpusCase[] = [...cut, ...nothing, ...locked];
