import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { defaultPlanSettings, type PlanSettings } from "#lib/media/plan/plan.ts";
import { closePackaging } from "#lib/packaging/index.ts";
import { beepTimes, flashAndBeep, flashTimes } from "#tests/media/flash-and-beep.ts";
import { type ProcessedFile, processFile } from "#tests/media/process-file.ts";
import { readRendition } from "#tests/media/read-run.ts";
import { runTool } from "#tests/media/run-tool.ts";
import { clipFolder, packageTrack } from "./packaged-clip.ts";

let folder: Awaited<ReturnType<typeof clipFolder>>;

beforeAll(async () => {
  folder = await clipFolder();
});
afterAll(async () => {
  await closePackaging();
  await folder.remove();
});

/** Chunks of a few segments, so that a short clip has joints in both lanes. */
const settings: PlanSettings = {
  ...defaultPlanSettings,
  ...{ targetSegmentSeconds: 2, encodeChunkSeconds: 4, previewChunkSeconds: [2, 4] },
};

const seconds = 14;

/** Times of flashes on the run's own clock: as a player of the rendition's playlist gets them. */
const flashesOf = async (run: ProcessedFile, rendition: string): Promise<number[]> => {
  const { segments } = await readRendition(run.runDir, rendition);
  const start = segments[0]?.startSeconds ?? Number.NaN;
  return (await flashTimes(join(run.runDir, rendition, "index.m3u8"))).map((time) => start + time);
};

const beepsOf = async (run: ProcessedFile): Promise<number[]> => {
  const { segments } = await readRendition(run.runDir, "audio-0");
  const start = segments[0]?.startSeconds ?? Number.NaN;
  return (await beepTimes(join(run.runDir, "audio-0", "index.m3u8"))).map((time) => start + time);
};

/** A source that is not kept is not stored: packaged here, as it is for whoever asks while the run goes on. */
const sourceFlashes = async (run: ProcessedFile, path: string): Promise<number[]> => {
  const { source } = run.plan;
  if (source === null) return [];
  if (source.keep) return flashesOf(run, "source");
  const packaged = await packageTrack({ path, folder: folder.path, rung: source, track: source.video });
  const start = (source.video.starts[0] ?? 0) / source.video.timescale;
  return (await flashTimes(packaged.path)).map((time) => start + time);
};

const nearest = (times: readonly number[], wanted: number): number =>
  times.toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0] ?? Number.NaN;

const x264 = ["-c:v", "libx264", "-preset", "veryfast", "-bf", "3", "-g", "48", "-b:v", "800k"];
const vp9 = ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "48", "-b:v", "800k"];

describe("flash and beep come together on every rung, across the joints of chunks", () => {
  test.each([
    ["a kept source, sound packaged", "kept.mp4", [...x264, "-c:a", "aac"], ["360p", "source"]],
    ["a kept source, sound encoded", "kept.mkv", [...x264, "-c:a", "libmp3lame"], ["360p", "source"]],
    ["a source of its own codec", "own.webm", [...vp9, "-c:a", "libopus"], ["360p", "480p", "source"]],
    ["an encoder's lane", "asp.mkv", ["-c:v", "mpeg4", "-q:v", "4", "-bf", "2", "-c:a", "flac"], ["360p", "480p"]],
    ["an encoder's lane, sound copied", "asp.mp4", ["-c:v", "mpeg4", "-q:v", "4", "-c:a", "aac"], ["360p", "480p"]],
  ])(
    "%s",
    async (_what, name, codecs, expected) => {
      const sourcePath = join(folder.path, name);
      const inputs = flashAndBeep({ size: "854x480", rate: "24000/1001", seconds });
      await runTool("ffmpeg", [...inputs, "-pix_fmt", "yuv420p", ...codecs, sourcePath]);
      const outDir = await mkdtemp(join(folder.path, "out-"));
      const run = await processFile({ sourcePath, outDir, settings, requiredOnly: true });
      const { chunks, previewChunks, rungs } = run.plan;
      for (const lane of [chunks, previewChunks]) if (lane.length > 0) expect(lane.length).toBeGreaterThanOrEqual(3);
      const beeps = await beepsOf(run);
      const shown = new Map<string, number[]>();
      for (const rung of rungs) shown.set(rung.name, await flashesOf(run, rung.name));
      if (run.plan.source !== null) shown.set("source", await sourceFlashes(run, sourcePath));
      expect([...shown.keys()].toSorted()).toEqual(expected);
      for (const [rung, flashes] of shown) {
        expect(flashes.length, rung).toBeGreaterThanOrEqual(seconds - 1);
        for (const flash of flashes) {
          expect(Math.abs(nearest(beeps, flash) - flash), `${rung}, flash at ${flash}`).toBeLessThan(0.04);
          for (const [other, others] of shown) {
            expect(Math.abs(nearest(others, flash) - flash), `${rung} and ${other} at ${flash}`).toBeLessThan(0.0015);
          }
        }
      }
    },
    300_000,
  );
});
