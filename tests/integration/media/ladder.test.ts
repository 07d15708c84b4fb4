import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { defaultPlanSettings } from "#lib/media/plan/plan.ts";
import { beepTimes, flashAndBeep, flashTimes } from "#tests/media/flash-and-beep.ts";
import { type ProcessedFile, processFile } from "#tests/media/process-file.ts";
import { joinedFile, parsePlaylist, readRendition } from "#tests/media/read-run.ts";
import { runTool } from "#tests/media/run-tool.ts";

let folder: string;
let run: ProcessedFile;
const rungs = ["360p", "480p"];

beforeAll(async () => {
  // A space, a quote and a percent sign: names of folders never enter an option.
  folder = await mkdtemp(join(tmpdir(), "kinora ladder' %d-"));
  const sourcePath = join(folder, "clip.mp4");
  const inputs = flashAndBeep({ size: "854x480", rate: "30000/1001", seconds: 12 });
  await runTool("ffmpeg", [...inputs, "-c:v", "mpeg4", "-q:v", "3", "-bf", "2", "-c:a", "aac", sourcePath]);
  // A codec that browsers lack takes the preview lane; chunks of one segment make a joint of every cut.
  const settings = { ...defaultPlanSettings, encodeChunkSeconds: 4, previewChunkSeconds: [4] };
  run = await processFile({ sourcePath, outDir: folder, settings });
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the ladder of a 12 s clip with scene cuts", () => {
  test("every rung is cut at the same times, on frame boundaries", async () => {
    const [low, high] = await Promise.all(rungs.map((rung) => readRendition(run.runDir, rung)));
    const times = (rendition: typeof low) =>
      rendition?.segments.map(({ startTicks, durationTicks }) => [startTicks, durationTicks]);
    expect(times(low)).toEqual(times(high));
    expect(low?.segments.map(({ sampleCount }) => sampleCount)).toEqual([120, 120, 120]);
    expect(low?.segments.map(({ startSeconds }) => startSeconds)).toEqual([0, 4.004, 8.008]);
  });

  test("every segment begins with an IDR frame and is presented from its tfdt on", async () => {
    for (const rung of rungs) {
      const { segments } = await readRendition(run.runDir, rung);
      for (const segment of segments) {
        expect(segment.startsWithSync).toBe(true);
        expect(segment.firstCompositionOffset).toBe(0);
      }
      const path = await joinedFile(run.runDir, rung);
      const entries = ["-select_streams", "v", "-show_entries", "frame=key_frame,pict_type", "-of", "csv=p=0", path];
      const frames = (await runTool("ffprobe", entries))
        .toString()
        .split("\n")
        .filter((line) => line !== "");
      const keys = frames.flatMap((line, index) => (line.startsWith("1,I") ? [index] : []));
      expect(frames).toHaveLength(360);
      expect(keys).toEqual([0, 120, 240]);
    }
  });

  test("sound follows the same grid within one packet and has no empty segment", async () => {
    const { segments } = await readRendition(run.runDir, "audio-0");
    expect(segments).toHaveLength(3);
    for (const [index, segment] of segments.entries()) {
      expect(Math.abs(segment.startSeconds - index * 4.004)).toBeLessThan(0.0233);
      expect(segment.seconds).toBeGreaterThan(3.9);
    }
  });

  test("flash and beep come back within 40 ms on every rung", async () => {
    const beeps = await beepTimes(await joinedFile(run.runDir, "audio-0"));
    expect(beeps).toHaveLength(12);
    for (const rung of rungs) {
      const flashes = await flashTimes(await joinedFile(run.runDir, rung));
      expect(flashes).toHaveLength(12);
      for (const [index, flash] of flashes.entries()) {
        expect(Math.abs(flash - (beeps[index] ?? Number.NaN)), `${rung}, second ${index}`).toBeLessThan(0.04);
      }
    }
  });

  test("a strict parser accepts every playlist and target durations are equal", async () => {
    const master = parsePlaylist(await readFile(join(run.runDir, "index.m3u8"), "utf8"));
    if (!master.isMasterPlaylist) throw new Error("not a multivariant playlist");
    const variants = master.variants.filter(({ isIFrameOnly }) => isIFrameOnly !== true);
    expect(variants.map(({ uri }) => uri)).toEqual(["360p/index.m3u8", "480p/index.m3u8"]);
    expect(variants.map(({ resolution }) => resolution)).toEqual([
      { width: 640, height: 360 },
      { width: 854, height: 480 },
    ]);
    const targets = new Set<number>();
    for (const rendition of [...rungs, "audio-0"]) {
      const { playlist, segments } = await readRendition(run.runDir, rendition);
      const media = parsePlaylist(playlist);
      if (media.isMasterPlaylist) throw new Error("not a media playlist");
      expect(media.endlist).toBe(true);
      expect(media.segments.map(({ uri }) => uri)).toEqual(segments.map(({ name }) => name));
      targets.add(media.targetDuration);
    }
    expect([...targets]).toEqual([4]);
  });

  test("declared bandwidths lie within 10 % of those measured on the stored segments", async () => {
    const master = parsePlaylist(await readFile(join(run.runDir, "index.m3u8"), "utf8"));
    if (!master.isMasterPlaylist) throw new Error("not a multivariant playlist");
    const peakOf = async (rendition: string) => {
      const { segments } = await readRendition(run.runDir, rendition);
      return Math.max(...segments.map(({ sizeBytes, seconds }) => (sizeBytes * 8) / seconds));
    };
    const sound = await peakOf("audio-0");
    for (const variant of master.variants.filter(({ isIFrameOnly }) => isIFrameOnly !== true)) {
      const measured = (await peakOf(variant.uri.split("/")[0] ?? "")) + sound;
      expect(Math.abs(variant.bandwidth / measured - 1)).toBeLessThan(0.1);
      expect(variant.averageBandwidth ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(variant.bandwidth);
    }
  });

  test("a second client plays the multivariant playlist, and progress was told", async () => {
    const shown = await runTool("ffprobe", [
      "-show_entries",
      "stream=codec_name,height",
      "-of",
      "csv=p=0",
      join(run.runDir, "index.m3u8"),
    ]);
    expect(shown.toString()).toContain("h264,480");
    expect(run.finish).toMatchObject({ durationMs: 12012, width: 854, height: 480 });
    expect(run.reports.filter(({ kind }) => kind === "encode").at(-1)?.fraction).toBeGreaterThan(0.95);
  });

  test("the poster avoids flashes and darkness and its colour is known", async () => {
    const size = await runTool("ffprobe", [
      "-show_entries",
      "stream=width,height",
      "-of",
      "csv=p=0",
      "-pattern_type",
      "none",
      join(run.runDir, "poster.jpg"),
    ]);
    expect(size.toString().trim()).toBe("854,480");
    expect(run.finish.dominantColor).toMatch(/^#[0-9a-f]{6}$/);
    expect(run.finish.dominantColor).not.toBe("#ffffff");
  });
});
