import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { plannedSegments } from "#lib/media/plan/grid.ts";
import { closePackaging } from "#lib/packaging/index.ts";
import { manyJoints, onePiece } from "#tests/media/joint-settings.ts";
import { numberedFrames, shownFrames, sourceTimes, storedTimes } from "#tests/media/numbered-frames.ts";
import { type ProcessedFile, processFile } from "#tests/media/process-file.ts";
import { parsePlaylist, readRendition } from "#tests/media/read-run.ts";
import { lavfi, runTool } from "#tests/media/run-tool.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-lanes-"));
});
afterAll(async () => {
  await closePackaging();
  await rm(folder, { recursive: true, force: true });
});

const x264 = ["-c:v", "libx264", "-preset", "veryfast", "-b:v", "300k"];
const mpeg4 = ["-c:v", "mpeg4", "-q:v", "4"];

const makeClip = async (name: string, args: readonly string[]): Promise<string> => {
  const path = join(folder, name);
  await runTool("ffmpeg", [...args, path]);
  return path;
};

const process = async (sourcePath: string, settings = manyJoints): Promise<ProcessedFile> =>
  processFile({ sourcePath, outDir: await mkdtemp(join(folder, "out-")), settings, requiredOnly: true });

const expectContiguous = async (run: ProcessedFile, rendition: string) => {
  const { segments } = await readRendition(run.runDir, rendition);
  let end = segments[0]?.startTicks ?? 0;
  for (const [index, segment] of segments.entries()) {
    expect(segment.startTicks, `segment ${index}`).toBe(end);
    expect(segment.startsWithSync).toBe(true);
    expect(segment.firstCompositionOffset).toBe(0);
    end = segment.startTicks + segment.durationTicks;
  }
  const media = parsePlaylist(await readFile(join(run.runDir, rendition, "index.m3u8"), "utf8"));
  if (media.isMasterPlaylist) throw new Error("not a media playlist");
  expect(media.segments).toHaveLength(segments.length);
};

describe("beside a source rung, every encoded frame is the source's, at the source's time", () => {
  const vfr = "select='if(lt(t,4),not(mod(n,3)),1)*not(between(t,5,5.9))'";
  test.each([
    ["29.97 fps with B-frames", "a.mp4", ["30000/1001", ...x264, "-bf", "3", "-g", "45"]],
    ["23.976 fps", "b.mp4", ["24000/1001", ...x264, "-bf", "3", "-g", "36"]],
    ["a variable rate", "c.mp4", ["60", "-vf", vfr, "-fps_mode", "vfr", ...x264, "-bf", "2", "-g", "60"]],
    ["Matroska's milliseconds", "d.mkv", ["30000/1001", ...x264, "-bf", "3", "-g", "45"]],
    [
      "VP9 in WebM",
      "e.webm",
      ["25", "-c:v", "libvpx", "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "50"],
    ],
  ])(
    "%s",
    async (_what, name, [rate = "25", ...codec]) => {
      const sourcePath = await makeClip(name, [...numberedFrames({ rate, seconds: 8 }), ...codec]);
      const run = await process(sourcePath);
      expect(run.plan.grid.kind).toBe("source");
      expect(run.plan.chunks.length + run.plan.previewChunks.length).toBeGreaterThanOrEqual(3);
      const times = await sourceTimes(sourcePath);
      for (const { name: rung } of run.plan.rungs) {
        const shown = await shownFrames(run.runDir, rung);
        expect(shown).toHaveLength(times.length);
        const far = shown.filter(({ seconds }, index) => Math.abs(seconds - (times[index] ?? 0)) > 0.0011);
        expect(far).toEqual([]);
        const numbers = shown.map(({ number }) => number);
        expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
        expect(new Set(numbers).size).toBe(times.length);
        const starts = (await storedTimes(run.runDir, rung)).map(([first = -1]) => first);
        const { grid } = run.plan;
        if (grid.kind !== "source") throw new Error("not a source grid");
        for (const [index, start] of starts.entries()) {
          expect(Math.abs(start - (grid.starts[index] ?? 0) / grid.timescale)).toBeLessThan(0.0011);
        }
        expect(starts).toHaveLength(grid.starts.length);
        await expectContiguous(run, rung);
      }
    },
    300_000,
  );
});

describe("without one, chunks show what one piece would show", () => {
  const vfr = "select='if(lt(t,3),not(mod(n,3)),1)*not(between(t,3.5,5.2))'";
  test.each([
    ["25 fps in Matroska", "f.mkv", ["25", ...mpeg4, "-bf", "2", "-g", "30"], 25],
    ["29.97 fps in MP4", "g.mp4", ["30000/1001", ...mpeg4, "-bf", "2", "-g", "40"], 30_000 / 1001],
    [
      "a variable rate whose frames last over joints",
      "h.mkv",
      ["60", "-vf", vfr, "-fps_mode", "vfr", ...mpeg4, "-g", "300"],
      60,
    ],
    ["open GOPs", "m.mp4", ["25", ...x264, "-bf", "3", "-g", "30", "-x264-params", "open-gop=1"], 25],
    ["120 fps", "i.mp4", ["120", ...mpeg4, "-g", "60"], 60],
    ["an AVI", "j.avi", ["25", ...mpeg4, "-bf", "2", "-g", "30"], 25],
    ["an MPEG-TS", "k.ts", ["25", "-c:v", "mpeg2video", "-q:v", "4", "-bf", "2", "-g", "30"], 25],
  ] as const)(
    "%s",
    async (_what, name, [rate, ...codec], framesPerSecond) => {
      const sourcePath = await makeClip(name, [...numberedFrames({ rate, seconds: 8 }), ...codec]);
      const [run, whole] = [await process(sourcePath), await process(sourcePath, onePiece)];
      expect(run.plan.grid.kind).toBe("frames");
      expect(run.plan.previewChunks.length).toBeGreaterThan(2);
      for (const { name: rung } of run.plan.rungs) {
        const shown = await shownFrames(run.runDir, rung);
        expect(shown).toEqual(await shownFrames(whole.runDir, rung));
        expect(shown.map(({ seconds }) => Math.round(seconds * framesPerSecond))).toEqual(
          shown.map((_, index) => index),
        );
        expect(Math.abs(shown.length / framesPerSecond - 8)).toBeLessThan(0.06);
        await expectContiguous(run, rung);
      }
    },
    300_000,
  );

  test("a file that ends long before it says so ends where its frames end", async () => {
    const whole = await makeClip("l.mkv", [...numberedFrames({ rate: "25", seconds: 8 }), ...mpeg4, "-g", "25"]);
    const bytes = await readFile(whole);
    const cut = join(folder, "cut.mkv");
    await writeFile(cut, bytes.subarray(0, Math.floor(bytes.byteLength * 0.5)));
    const run = await process(cut);
    const [rung] = run.plan.rungs;
    const shown = await shownFrames(run.runDir, rung?.name ?? "");
    expect(shown.length).toBeGreaterThan(75);
    expect(shown.length).toBeLessThan(125);
    expect(shown.map(({ number }) => number)).toEqual(shown.map((_, index) => index));
  }, 300_000);
});

test("a kept source is the top variant, with what was declared of it, and its rung is not encoded", async () => {
  const sound = lavfi("sine=f=440:d=8");
  const clip = [...numberedFrames({ rate: "25", seconds: 8 }), ...sound, ...x264, "-g", "50", "-c:a", "aac"];
  const run = await process(await makeClip("kept.mp4", clip), { ...manyJoints, keepSource: true });
  const { source } = run.plan;
  expect(source?.keep).toBe(true);
  expect(run.plan.rungs).toEqual([]);
  const master = parsePlaylist(await readFile(join(run.runDir, "index.m3u8"), "utf8"));
  if (!master.isMasterPlaylist) throw new Error("not a multivariant playlist");
  const track = source?.audio[0]?.bandwidth.peak ?? 0;
  expect(
    master.variants.filter(({ isIFrameOnly }) => !isIFrameOnly).map(({ uri, bandwidth }) => [uri, bandwidth]),
  ).toEqual([["source/index.m3u8", (source?.video.bandwidth.peak ?? 0) + track]]);
  const lengths = plannedSegments({ grid: run.plan.grid, durationSeconds: 8 });
  const media = parsePlaylist(await readFile(join(run.runDir, "source/index.m3u8"), "utf8"));
  if (media.isMasterPlaylist) throw new Error("not a media playlist");
  expect(media.segments.map(({ duration }) => duration.toFixed(3))).toEqual(lengths.map((length) => length.toFixed(3)));
}, 300_000);
