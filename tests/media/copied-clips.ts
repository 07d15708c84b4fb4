import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { copyCommand, copyName } from "#lib/media/encode/copy-command.ts";
import { makePlan } from "#lib/media/plan/make-plan.ts";
import type { PlanSettings } from "#lib/media/plan/plan.ts";
import { noWishes } from "#lib/media/plan/wishes.ts";
import { parseProbe } from "#lib/media/probe/probe.ts";
import { manyJoints, onePiece } from "#tests/media/joint-settings.ts";
import { numberedFrames, type ShownFrame, shownFrames } from "#tests/media/numbered-frames.ts";
import { processFile } from "#tests/media/process-file.ts";
import { lavfi, runTool } from "#tests/media/run-tool.ts";
import { createFfmpegRunner } from "#worker/ffmpeg.ts";

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

/** Names of all clips: by it, `makeClip` knows what to make. */
export const clipNames: readonly string[] = Object.keys(clips);

/** Makes one clip whose frames tell their numbers; gives its path. */
export const makeClip = async (name: string, folder: string): Promise<string> => {
  const [rate = "25", ...codecs] = clips[name] ?? [];
  const path = join(folder, name);
  const inputs = [...numberedFrames({ rate, seconds }), ...lavfi(`sine=d=${seconds}`)];
  await runTool("ffmpeg", ["-y", ...inputs, ...codecs, path]);
  return path;
};

/** Has a file go through its required steps; gives the run, into how many chunks it was cut, and what is shown when. */
export const processed = async (
  sourcePath: string,
  { folder, settings }: { folder: string; settings: PlanSettings },
) => {
  const outDir = await mkdtemp(join(folder, "out-"));
  const run = await processFile({ sourcePath, outDir, settings, requiredOnly: true });
  const chunks = Math.max(run.plan.chunks.length, run.plan.previewChunks.length);
  const rung = run.plan.rungs[0]?.name ?? "";
  return { run, chunks, frames: await shownFrames(run.runDir, rung) };
};

/** An AVI is entered by its index; all others are copied first. */
export const isAvi = (name: string): boolean => name.endsWith(".avi");

/** Of two fields that were woven into one picture, encoders may lean to either. */
const withoutFields = (name: string, frames: readonly ShownFrame[]) =>
  clips[name]?.includes("interlace") === true
    ? frames.map(({ seconds: at, number }) => ({ seconds: at, number: number >> 1 }))
    : frames;

/** Expects that the clip in many chunks shows at every time the very frame that it shows when it is read in one go. */
export const expectSameFrames = async (name: string, folder: string): Promise<void> => {
  const path = await makeClip(name, folder);
  const cut = await processed(path, { folder, settings: manyJoints });
  const whole = await processed(path, { folder, settings: onePiece });
  expect(cut.chunks).toBeGreaterThan(2);
  expect(whole.chunks).toBe(1);
  expect(cut.run.plan.copy === undefined).toBe(isAvi(name));
  expect(whole.run.plan.copy).toBeUndefined();
  expect(withoutFields(name, cut.frames)).toEqual(withoutFields(name, whole.frames));
};

const frameHashes = async (path: string, before: readonly string[] = []) => {
  const out = ["-map", "0:v:0", "-fps_mode", "passthrough", "-f", "framemd5", "-"];
  const lines = (await runTool("ffmpeg", [...before, "-i", path, ...out])).toString().split("\n");
  const times = lines.filter((line) => /^\d/.test(line)).map((line) => line.split(/,\s*/));
  return times.map((fields) => fields.at(-1));
};

/** Expects that every decoded frame of the copy that chunks are cut from is the clip's own, to the last pixel. */
export const expectFaithfulCopy = async (name: string, folder: string): Promise<void> => {
  const runner = createFfmpegRunner();
  const signal = new AbortController().signal;
  const sourcePath = await makeClip(name, folder);
  const { json } = await runner.ffprobe({ path: sourcePath, signal });
  const plan = makePlan({ probe: parseProbe(json), settings: manyJoints, wishes: noWishes, source: null });
  if (plan.picture.origin !== "stream") throw new Error("no picture");
  const command = copyCommand({ plan, picture: plan.picture, sourcePath });
  await runner.ffmpeg({ command, scratchDir: folder, durationSeconds: seconds, signal });
  expect(await frameHashes(join(folder, copyName), ["-copyts"])).toEqual(await frameHashes(sourcePath));
};
