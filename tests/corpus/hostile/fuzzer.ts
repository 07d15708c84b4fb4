import type { CorpusCase } from "#tests/corpus/corpus-case.ts";
import { encoded, h264, picture, tone } from "#tests/corpus/make-clip.ts";

const small = picture({ size: "96x54", seconds: 1 });
const file = (extension: string, ...coder: string[]): { extension: string; make: CorpusCase["make"] } => ({
  extension,
  make: encoded(small, tone(1), coder),
});

/** Good files of many kinds, to be bent. */
export const seeds: readonly { extension: string; make: CorpusCase["make"] }[] = [
  file("mp4", ...h264, "-c:a", "aac"),
  file("fragmented.mp4", ...h264, "-c:a", "aac", "-movflags", "frag_keyframe+empty_moov"),
  file("mkv", ...h264, "-c:a", "flac"),
  file("webm", "-c:v", "libvpx-vp9", "-deadline", "realtime", "-c:a", "libopus"),
  file("avi", "-c:v", "mpeg4", "-c:a", "libmp3lame"),
  file("ts", ...h264, "-c:a", "aac"),
  file("mpg", "-c:v", "mpeg2video", "-c:a", "mp2"),
  file("flv", "-c:v", "flv", "-ar", "44100", "-c:a", "libmp3lame"),
  file("ogv", "-c:v", "libtheora", "-c:a", "libvorbis"),
  file("wmv", "-c:v", "wmv2", "-c:a", "wmav2"),
  file("mov", "-c:v", "prores_ks", "-c:a", "pcm_s16le"),
  { extension: "mp3", make: encoded(tone(1), ["-c:a", "libmp3lame"]) },
];

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

type Random = () => number;
const below = (random: Random, limit: number) => Math.floor(random() * limit);

/** Numbers at which programs stumble. */
const edges = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

type Window = { from: number; size: number };

/** The whole file, its beginning or its end: headers and indexes are where sizes stand, and most of a file is not. */
const windowOf = (bytes: Buffer, random: Random): Window => {
  const size = Math.min(bytes.byteLength, [bytes.byteLength, 512, 4_096][below(random, 3)] ?? 512);
  return { from: below(random, 2) === 0 ? 0 : bytes.byteLength - size, size };
};

const flipped = (bytes: Buffer, random: Random) => {
  const { from, size } = windowOf(bytes, random);
  const count = 2 ** below(random, 9);
  for (let done = 0; done < count; done += 1) {
    const at = from + below(random, size);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << below(random, 8));
  }
  return bytes;
};

const edged = (bytes: Buffer, random: Random) => {
  const { from, size } = windowOf(bytes, random);
  const count = 1 + below(random, 6);
  for (let done = 0; done < count; done += 1) {
    const at = Math.min(from + below(random, size), bytes.byteLength - 4);
    bytes.writeUInt32BE(edges[below(random, edges.length)] ?? 0, at);
  }
  return bytes;
};

const ways: readonly ((bytes: Buffer, random: Random) => Buffer)[] = [
  flipped,
  flipped,
  edged,
  edged,
  (bytes, random) => bytes.subarray(0, below(random, bytes.byteLength)),
  (bytes, random) => {
    const from = below(random, bytes.byteLength);
    const end = Math.min(bytes.byteLength, from + below(random, 4_096));
    return bytes.fill(below(random, 2) * 0xff, from, end);
  },
  (bytes, random) => {
    const from = below(random, bytes.byteLength);
    const piece = bytes.subarray(from, from + below(random, 8_192));
    const at = below(random, bytes.byteLength);
    return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
  },
];

/** Bends a good file in one or two ways; the same seed bends it the same way. The input stays as it is. */
export const bend = (good: Buffer, seed: number): Buffer => {
  const random = randomFrom(seed);
  let bytes: Buffer = Buffer.from(good);
  for (let done = 0; done <= below(random, 2); done += 1) {
    const way = ways[below(random, ways.length)];
    if (way !== undefined && bytes.byteLength > 8) bytes = way(bytes, random);
  }
  return bytes;
};
