import { mkdtemp, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { copyCommand, copyName } from "#lib/media/encode/copy-command.ts";
import { makePlan } from "#lib/media/plan/make-plan.ts";
import type { PlanSettings } from "#lib/media/plan/plan.ts";
import { noWishes } from "#lib/media/plan/wishes.ts";
import { parseProbe } from "#lib/media/probe/probe.ts";
import { closePackaging } from "#lib/packaging/index.ts";
import { manyJoints, onePiece } from "#tests/media/joint-settings.ts";
import { numberedFrames, type ShownFrame, shownFrames } from "#tests/media/numbered-frames.ts";
import { processFile } from "#tests/media/process-file.ts";
import { joinedFile } from "#tests/media/read-run.ts";
import { lavfi, runTool } from "#tests/media/run-tool.ts";
import { createFfmpegRunner } from "#worker/ffmpeg.ts";
import { canBeginInside } from "#worker/steps/read-avi-index.ts";

let folder: string;
const runner = createFfmpegRunner();
const signal = new AbortController().signal;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-copy-"));
});
afterAll(async () => {
  await closePackaging();
  await rm(folder, { recursive: true, force: true });
});

const seconds = 9;

const b = ["-bf", "2"];
const x264 = ["-c:v", "libx264", "-preset", "veryfast", ...b, "-g", "40"];
const asp = ["-c:v", "mpeg4", "-q:v", "4", ...b, "-g", "40"];
const mpeg2 = ["-c:v", "mpeg2video", "-q:v", "4", ...b, "-g", "15"];
const vfr = ["-vf", "select='if(lt(t,4),mod(n,3),1)*not(between(t,5,5.9))'", "-fps_mode", "vfr"];
const interlaced = ["-vf", "interlace"];

/** Name, then what makes it: the rate, codecs, sound. */
const clips: Record<string, readonly string[]> = {
  "h264.ts": ["25", ...x264, "-c:a", "aac"],
  "open-gop.ts": ["30000/1001", ...x264, "-x264-params", "open-gop=1", "-c:a", "aac"],
  "vfr.ts": ["25", ...vfr, ...x264, "-c:a", "mp2"],
  "far.ts": ["25", ...x264, "-c:a", "aac", "-output_ts_offset", "80000"],
  "mbaff.ts": ["50", ...interlaced, ...x264, "-flags", "+ilme+ildct", "-x264-params", "interlaced=1", "-c:a", "aac"],
  "mpeg2i.ts": ["50", ...interlaced, ...mpeg2, "-flags", "+ilme+ildct", "-c:a", "mp2"],
  "asp.ts": ["25", ...asp, "-c:a", "mp2"],
  "mpeg2.mpg": ["30000/1001", ...mpeg2, "-c:a", "mp2", "-f", "vob"],
  "mpeg1.mpg": ["25", "-c:v", "mpeg1video", "-q:v", "4", ...b, "-g", "15", "-c:a", "mp2", "-f", "mpeg"],
  "flv1.flv": ["25", "-c:v", "flv1", "-q:v", "4", "-g", "40", "-ar", "44100", "-c:a", "libmp3lame"],
  "h264.flv": ["25", ...vfr, ...x264, "-c:a", "aac"],
  "wmv2.wmv": ["25", "-c:v", "wmv2", "-q:v", "4", "-g", "40", "-c:a", "wmav2"],
  "div3.asf": ["25", "-c:v", "msmpeg4", "-q:v", "4", "-g", "40", "-c:a", "wmav2"],
  "asp.asf": ["25", ...asp, "-c:a", "wmav2"],
  "theora.ogv": ["25", "-c:v", "libtheora", "-q:v", "6", "-g", "40", "-c:a", "libvorbis"],
  "asp.avi": ["25", ...asp, "-c:a", "libmp3lame"],
  "packed.avi": ["25", "-c:v", "libxvid", "-q:v", "4", ...b, "-g", "40", "-c:a", "libmp3lame"],
  "h264.avi": ["30000/1001", ...x264, "-c:a", "libmp3lame"],
};

const makeClip = async (name: string): Promise<string> => {
  const [rate = "25", ...codecs] = clips[name] ?? [];
  const path = join(folder, name);
  const inputs = [...numberedFrames({ rate, seconds }), ...lavfi(`sine=d=${seconds}`)];
  await runTool("ffmpeg", ["-y", ...inputs, ...codecs, path]);
  return path;
};

const processed = async (sourcePath: string, settings: PlanSettings) => {
  const run = await processFile({
    sourcePath,
    outDir: await mkdtemp(join(folder, "out-")),
    settings,
    requiredOnly: true,
  });
  const chunks = Math.max(run.plan.chunks.length, run.plan.previewChunks.length);
  const rung = run.plan.rungs[0]?.name ?? "";
  return { run, chunks, frames: await shownFrames(run.runDir, rung) };
};

/** Of two fields that were woven into one picture, encoders may lean to either. */
const withoutFields = (name: string, frames: readonly ShownFrame[]) =>
  clips[name]?.includes("interlace") === true
    ? frames.map(({ seconds: at, number }) => ({ seconds: at, number: number >> 1 }))
    : frames;

const isAvi = (name: string) => name.endsWith(".avi");

describe("chunks show at every time the very frame that one reading from start to end shows", () => {
  test.each(Object.keys(clips))("%s", { timeout: 300_000 }, async (name) => {
    const path = await makeClip(name);
    const cut = await processed(path, manyJoints);
    const whole = await processed(path, onePiece);
    expect(cut.chunks).toBeGreaterThan(2);
    expect(whole.chunks).toBe(1);
    expect(cut.run.plan.copy === undefined).toBe(isAvi(name));
    expect(whole.run.plan.copy).toBeUndefined();
    expect(withoutFields(name, cut.frames)).toEqual(withoutFields(name, whole.frames));
  });
});

const hashes = async (path: string, before: readonly string[] = []) => {
  const out = ["-map", "0:v:0", "-fps_mode", "passthrough", "-f", "framemd5", "-"];
  const lines = (await runTool("ffmpeg", [...before, "-i", path, ...out])).toString().split("\n");
  const times = lines.filter((line) => /^\d/.test(line)).map((line) => line.split(/,\s*/));
  return times.map((fields) => fields.at(-1));
};

test.each(Object.keys(clips).filter((name) => !isAvi(name)))(
  "every frame of a copy of %s is the original's, to the last pixel",
  { timeout: 120_000 },
  async (name) => {
    const sourcePath = await makeClip(name);
    const { json } = await runner.ffprobe({ path: sourcePath, signal });
    const plan = makePlan({ probe: parseProbe(json), settings: manyJoints, wishes: noWishes, source: null });
    if (plan.picture.origin !== "stream") throw new Error("no picture");
    const command = copyCommand({ plan, picture: plan.picture, sourcePath });
    await runner.ffmpeg({ command, scratchDir: folder, durationSeconds: seconds, signal });
    expect(await hashes(join(folder, copyName), ["-copyts"])).toEqual(await hashes(sourcePath));
  },
);

describe("in a transport stream, picture and sound that do not begin together", () => {
  const made = async (name: string, first: readonly string[], second: readonly string[]) => {
    const path = join(folder, name);
    const codecs = ["-c:v", "mpeg2video", "-q:v", "4", "-g", "15", "-c:a", "mp2"];
    await runTool("ffmpeg", ["-y", ...first, ...second, "-map", "0:v", "-map", "1:a", ...codecs, path]);
    return processed(path, manyJoints);
  };

  test("keep their distance when the picture comes later", { timeout: 120_000 }, async () => {
    const late = ["-itsoffset", "0.5", ...numberedFrames({ rate: "25", seconds: 6 })];
    const { frames } = await made("late-picture.ts", late, lavfi("sine=d=6"));
    expect(frames.findLast(({ number }) => number === 10)?.seconds).toBeCloseTo(0.9, 1);
    expect(frames.findLast(({ number }) => number === 100)?.seconds).toBeCloseTo(4.5, 1);
  });

  test("keep their distance when the sound comes later", { timeout: 120_000 }, async () => {
    const picture = numberedFrames({ rate: "25", seconds: 6 });
    const { run } = await made("late-sound.ts", picture, ["-itsoffset", "0.5", ...lavfi("sine=d=5.5")]);
    const out = ["-f", "s16le", "-ac", "1", "-ar", "1000", "-"];
    const samples = await runTool("ffmpeg", ["-i", await joinedFile(run.runDir, "audio-0"), ...out]);
    const loud = Array.from({ length: samples.byteLength / 2 }, (_, at) => Math.abs(samples.readInt16LE(at * 2)));
    expect(loud.findIndex((value) => value > 500) / 1000).toBeCloseTo(0.5, 1);
  });
});

describe("an AVI", () => {
  test("that was cut off has no index, and is encoded in one reading from its start", {
    timeout: 120_000,
  }, async () => {
    const path = await makeClip("asp.avi");
    await truncate(path, Math.floor((await stat(path)).size * 0.8));
    expect(await canBeginInside(path)).toBe(false);
    const cut = await processed(path, manyJoints);
    const whole = await processed(path, onePiece);
    // One chunk that is known to take all: its weight and its scratch are those of the whole.
    expect(cut.chunks).toBe(1);
    expect(cut.frames).toEqual(whole.frames);
  });

  test("whose index takes every picture for a key frame is not believed", { timeout: 120_000 }, async () => {
    const path = await makeClip("packed.avi");
    expect(await canBeginInside(path)).toBe(true);
    const bytes = await readFile(path);
    const index = bytes.lastIndexOf("idx1");
    for (let at = index + 8; at < bytes.length; at += 16) bytes[at + 4] = 0x10;
    await writeFile(path, bytes);
    expect(await canBeginInside(path)).toBe(false);
    const cut = await processed(path, manyJoints);
    expect(cut.frames).toEqual((await processed(path, onePiece)).frames);
  });
});
