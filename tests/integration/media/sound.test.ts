import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noWishes } from "#lib/media/plan/wishes.ts";
import { closePackaging } from "#lib/packaging/index.ts";
import { beepTimes, flashAndBeep, flashTimes } from "#tests/media/flash-and-beep.ts";
import { manyJoints } from "#tests/media/joint-settings.ts";
import { processFile } from "#tests/media/process-file.ts";
import { joinedFile, parsePlaylist, readRendition } from "#tests/media/read-run.ts";
import { lavfi, runTool } from "#tests/media/run-tool.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-sound-"));
});
afterAll(async () => {
  await closePackaging();
  await rm(folder, { recursive: true, force: true });
});

const processed = async (name: string, args: readonly string[], wishes = noWishes) => {
  const sourcePath = join(folder, name);
  await runTool("ffmpeg", [...args, sourcePath]);
  const outDir = await mkdtemp(join(folder, "out-"));
  return processFile({ sourcePath, outDir, settings: manyJoints, wishes, requiredOnly: true });
};

const rate = 48_000;
/** Samples of a stored rendition, one array per channel. */
const samplesOf = async (path: string, channels: number): Promise<Float32Array[]> => {
  const bytes = await runTool("ffmpeg", ["-i", path, "-vn", "-ar", String(rate), "-f", "f32le", "-"]);
  const all = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  return Array.from({ length: channels }, (_, channel) => all.filter((_sample, at) => at % channels === channel));
};

/** Strength of one frequency in a stretch of samples (Goertzel): amplitude of its sine. */
const strength = (samples: Float32Array, frequency: number): number => {
  const factor = 2 * Math.cos((2 * Math.PI * frequency) / rate);
  let [before, last] = [0, 0];
  for (const sample of samples) [before, last] = [last, sample + factor * last - before];
  return (2 * Math.sqrt(before ** 2 + last ** 2 - factor * before * last)) / samples.length;
};

const video = ["-c:v", "libx264", "-preset", "veryfast", "-bf", "3", "-g", "30"];
const wish = { ...noWishes, normalizeLoudness: true };

describe("flash and beep stay within 40 ms on every rung", () => {
  test.each([
    ["beside a source rung, sound packaged", "a.mp4", [...video, "-c:a", "aac"], noWishes],
    ["beside a source rung, sound encoded", "b.mkv", [...video, "-c:a", "libmp3lame"], noWishes],
    ["from a constant rate of our own", "c.mkv", ["-c:v", "mpeg4", "-q:v", "3", "-bf", "2", "-c:a", "flac"], noWishes],
    ["with one loudness", "d.mp4", [...video, "-c:a", "aac"], wish],
    ["with times that begin below zero", "e.mp4", [...video, "-c:a", "aac", "-output_ts_offset", "-0.5"], noWishes],
  ])(
    "%s",
    async (_what, name, codecs, wishes) => {
      const inputs = flashAndBeep({ size: "320x180", rate: "30000/1001", seconds: 6 });
      const { plan, runDir } = await processed(name, [...inputs, ...codecs], wishes);
      const beeps = await beepTimes(await joinedFile(runDir, "audio-0"));
      for (const { name: rung } of plan.rungs) {
        const flashes = await flashTimes(await joinedFile(runDir, rung));
        expect(flashes.length).toBeGreaterThanOrEqual(5);
        for (const flash of flashes.slice(1)) {
          const nearest = Math.min(...beeps.map((beep) => Math.abs(beep - flash)));
          expect(nearest, `${rung}, flash at ${flash}`).toBeLessThan(0.04);
        }
      }
    },
    300_000,
  );
});

test("segments of sound begin with the first packet at or after each cut, without a click between them", async () => {
  const inputs = [...lavfi("testsrc2=s=160x90:r=25:d=8"), ...lavfi(`sine=f=1000:r=44100:d=8`)];
  const { plan, runDir } = await processed("click.mp4", [...inputs, ...video, "-c:a", "libmp3lame"]);
  const { segments } = await readRendition(runDir, "audio-0");
  expect(plan.grid.kind).toBe("source");
  const starts = plan.grid.kind === "source" ? plan.grid.starts.map((ticks) => ticks / 12_800) : [];
  // What the encoder padded behind the last picture may be one more, which is not listed.
  for (const [index, segment] of segments.slice(0, starts.length).entries()) {
    const late = segment.startSeconds - (starts[index] ?? Number.NaN);
    expect(late, `segment ${index}`).toBeGreaterThan(-0.001);
    expect(late, `segment ${index}`).toBeLessThan(0.0225);
  }
  const [samples = new Float32Array()] = await samplesOf(await joinedFile(runDir, "audio-0"), 1);
  // A sine has no energy elsewhere; a click has it everywhere.
  const window = rate / 50;
  for (let at = rate / 2; at + window < samples.length - rate / 2; at += window) {
    expect(strength(samples.subarray(at, at + window), 7_000), `at ${at / rate} s`).toBeLessThan(0.003);
  }
}, 300_000);

test("5.1 comes down to stereo: every channel is heard where it belongs, and nothing clips", async () => {
  const tones = [400, 600, 900, 50, 1_400, 2_000];
  const channel = (frequency: number) => `0.95*sin(2*PI*${frequency}*t)`;
  const source = `aevalsrc=${tones.map(channel).join("|")}:c=5.1:s=48000:d=4`;
  const inputs = [...lavfi("testsrc2=s=160x90:r=25:d=4"), ...lavfi(source)];
  const { runDir } = await processed("surround.mkv", [...inputs, ...video, "-c:a", "ac3", "-b:a", "640k"]);
  const [left = new Float32Array(), right = new Float32Array()] = await samplesOf(
    await joinedFile(runDir, "audio-0"),
    2,
  );
  const middle = (samples: Float32Array) => samples.subarray(rate, rate * 3);
  const heard = (samples: Float32Array) => tones.map((tone) => strength(middle(samples), tone));
  const [fl = 0, fr = 0, fc = 0, lfe = 0, sl = 0, sr = 0] = heard(left);
  expect(fl).toBeGreaterThan(0.25);
  expect(fc / fl).toBeCloseTo(Math.SQRT1_2, 1);
  expect(sl / fl).toBeCloseTo(Math.SQRT1_2, 1);
  expect(Math.max(fr, sr, lfe) / fl).toBeLessThan(0.1);
  expect((heard(right)[2] ?? 0) / fc).toBeCloseTo(1, 1);
  // The first packet has no predecessor to overlap with, so its edge may stand out; everything else must fit.
  expect(middle(left).reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0)).toBeLessThanOrEqual(1);
}, 300_000);

test("languages become renditions, mono is told as mono, and 8 kHz is brought to 48", async () => {
  const inputs = [
    ...lavfi("testsrc2=s=160x90:r=25:d=3"),
    ...lavfi("sine=f=440:r=8000:d=3"),
    ...lavfi("sine=f=880:r=48000:d=3"),
  ];
  const maps = ["-map", "0:v", "-map", "1:a", "-map", "2:a", "-c:v", "mpeg4", "-c:a:0", "pcm_s16le", "-c:a:1", "flac"];
  const tags = ["-metadata:s:a:0", "language=ukr", "-metadata:s:a:1", "language=deu", "-disposition:a:1", "default"];
  const sound = ["-ac:a:0", "1", "-ac:a:1", "2", "-disposition:a:0", "0"];
  const { runDir } = await processed("languages.mkv", [...inputs, ...maps, ...sound, ...tags]);
  const text = await readFile(join(runDir, "index.m3u8"), "utf8");
  expect(parsePlaylist(text).isMasterPlaylist).toBe(true);
  expect(text).toMatch(/NAME="українська",LANGUAGE="ukr?",DEFAULT=NO,AUTOSELECT=YES,CHANNELS="1"/);
  expect(text).toMatch(/NAME="Deutsch",LANGUAGE="deu?",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2"/);
  expect((await readRendition(runDir, "audio-0")).init.timescale).toBe(48_000);
}, 300_000);

test("sound of one loudness is as long as it was, and as loud as wished", async () => {
  const inputs = [...lavfi("testsrc2=s=160x90:r=25:d=8"), ...lavfi("sine=f=997:r=48000:d=8")];
  const quiet = ["-af", "volume=-20dB", "-c:a", "aac"];
  const { runDir } = await processed("quiet.mp4", [...inputs, ...video, ...quiet], wish);
  const path = await joinedFile(runDir, "audio-0");
  const [samples = new Float32Array()] = await samplesOf(path, 1);
  expect(Math.abs(samples.length / rate - 8)).toBeLessThan(0.05);
  // -16 LUFS of a mono sine of 997 Hz has an amplitude of 10^((-16 + 3.01 + 0.69) / 20), give or take the one pass.
  const amplitude = strength(samples.subarray(rate * 4, rate * 7), 997);
  expect(20 * Math.log10(amplitude)).toBeGreaterThan(-17);
  expect(20 * Math.log10(amplitude)).toBeLessThan(-9);
}, 300_000);

const lengths = (playlist: string) => [...playlist.matchAll(/#EXTINF:([\d.]+)/g)].map(([, seconds]) => Number(seconds));
/** Sound that is silent from 3 s to 9 s: no packets are there. */
const gap = [
  ...lavfi("testsrc2=s=160x90:r=25:d=16"),
  ...lavfi("sine=f=440:r=48000:d=10"),
  ...["-filter_complex", "[1:a]asetpts='if(gt(T,3),PTS+6/TB,PTS)'[a]", "-map", "0:v", "-map", "[a]"],
  ...["-c:a", "aac", "-b:a", "96k", "-ac", "2"],
];

test("a gap in sound that could be copied is filled with silence, where the container reader saw it", async () => {
  const { plan, runDir } = await processed("gap.mp4", [...gap, ...video]);
  expect(plan.source).not.toBeNull();
  const { playlist } = await readRendition(runDir, "audio-0");
  expect(Math.max(...lengths(playlist))).toBeLessThan(2.1);
  expect(lengths(playlist).reduce((sum, seconds) => sum + seconds, 0)).toBeCloseTo(16, 0);
}, 300_000);

test.each(["gap-mpeg4.mp4", "gap-mpeg4.mkv"])(
  "and where it refused the whole file: %s",
  async (name) => {
    const { plan, runDir } = await processed(name, [...gap, "-c:v", "mpeg4", "-q:v", "3"]);
    expect(plan.source).toBeNull();
    expect(plan.audio[0]?.mode).toBe("encode");
    const { playlist } = await readRendition(runDir, "audio-0");
    expect(Math.max(...lengths(playlist))).toBeLessThan(1.1);
    expect(lengths(playlist).reduce((sum, seconds) => sum + seconds, 0)).toBeCloseTo(16, 0);
  },
  300_000,
);

test("whole sound beside a source that was refused is copied", async () => {
  const whole = [
    ...lavfi("testsrc2=s=160x90:r=25:d=4"),
    ...lavfi("sine=f=440:r=48000:d=4"),
    "-c:a",
    "aac",
    "-b:a",
    "96k",
  ];
  const { plan } = await processed("whole-mpeg4.mp4", [...whole, "-c:v", "mpeg4", "-q:v", "3"]);
  expect(plan).toMatchObject({ source: null, audio: [{ mode: "copy" }] });
}, 300_000);
