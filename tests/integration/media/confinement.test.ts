import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { FfmpegCommand } from "#lib/media/ffmpeg-command.ts";
import { processesWith } from "#tests/media/processes-with.ts";
import { lavfi, runTool } from "#tests/media/run-tool.ts";
import { createFfmpegRunner, detectConfinement } from "#worker/ffmpeg.ts";

let folder: string;
let sourcePath: string;
const never = new AbortController().signal;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-confinement-"));
  sourcePath = join(folder, "clip.mp4");
  await runTool("ffmpeg", [...lavfi("testsrc2=s=64x64:r=10:d=1"), sourcePath]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const copyTo = (name: string): FfmpegCommand => ({
  inputs: [{ kind: "media", path: sourcePath, options: [] }],
  filterGraph: null,
  outputs: [{ name, options: ["-map", "0:v", "-c", "copy"] }],
});

const endless = (): FfmpegCommand => ({
  inputs: [{ kind: "generated", source: "testsrc2=s=64x64:r=5", options: ["-re"] }],
  filterGraph: null,
  outputs: [{ name: "endless.mkv", options: ["-map", "0:v", "-c:v", "ffv1"] }],
});

const available = await detectConfinement({ ffmpegPath: null });
const levels = available.level === "bwrap" ? (["bwrap", "prlimit"] as const) : (["prlimit"] as const);

describe.each(levels)("at level %s", (level) => {
  const runner = createFfmpegRunner({ strongest: level });

  test("ffmpeg works, and writes into its scratch folder", async () => {
    const scratchDir = await mkdtemp(join(folder, "scratch-"));
    const { progress } = await runner.ffmpeg({
      command: copyTo("copy.mp4"),
      scratchDir,
      durationSeconds: 1,
      signal: never,
    });
    expect((await runner.confinement()).level).toBe(level);
    expect(await readdir(scratchDir)).toEqual(["copy.mp4"]);
    expect(progress?.outSeconds).toBeGreaterThan(0.5);
  });

  test("no ffmpeg is left when the process that started it is killed with -9", async () => {
    const scratchDir = await mkdtemp(join(folder, "orphan-"));
    const script = fileURLToPath(new URL("../../media/endless-encode.ts", import.meta.url));
    const parent = spawn(process.execPath, [script, scratchDir, level], { stdio: ["ignore", "pipe", "ignore"] });
    await new Promise((done) => parent.stdout.once("data", done));
    expect((await processesWith(scratchDir)).length).toBeGreaterThan(1);
    parent.kill("SIGKILL");
    await vi.waitFor(async () => expect(await processesWith(scratchDir)).toEqual([]), {
      timeout: 10_000,
      interval: 100,
    });
    const file = join(scratchDir, "endless.mkv");
    const size = (await readFile(file)).byteLength;
    // The encoder flushes often enough to notice one that still runs.
    await vi.waitFor(async () => expect(await processesWith(scratchDir)).toEqual([]), { timeout: 1_000 });
    expect((await readFile(file)).byteLength).toBe(size);
  }, 60_000);

  test("an abort ends it before the promise settles", async () => {
    const scratchDir = await mkdtemp(join(folder, "abort-"));
    const controller = new AbortController();
    const onProgress = () => controller.abort(new Error("not wanted any more"));
    const running = runner.ffmpeg({
      ...{ command: endless(), scratchDir, durationSeconds: 60 },
      onProgress,
      signal: controller.signal,
    });
    await expect(running).rejects.toThrow("not wanted any more");
    expect(await processesWith(scratchDir)).toEqual([]);
  }, 60_000);

  test("a run without progress is stopped as timeout", async () => {
    const scratchDir = await mkdtemp(join(folder, "stall-"));
    const running = runner.ffmpeg({
      ...{ command: endless(), scratchDir, durationSeconds: 60, stallMs: 1 },
      signal: never,
    });
    await expect(running).rejects.toMatchObject({ code: "timeout", retryable: true });
    expect(await processesWith(scratchDir)).toEqual([]);
  }, 60_000);
});

test.runIf(available.level === "bwrap")(
  "under bubblewrap nothing but the input can be read and nothing but scratch written",
  async () => {
    const { ffmpeg } = createFfmpegRunner();
    const scratchDir = await mkdtemp(join(folder, "walled-"));
    const other = join(folder, "other.mp4");
    await writeFile(other, await readFile(sourcePath));
    const outside = {
      ...copyTo("x.mp4"),
      outputs: [{ name: join(folder, "escaped.mp4"), options: ["-map", "0:v", "-c", "copy"] }],
    };
    await expect(ffmpeg({ command: outside, scratchDir, durationSeconds: 1, signal: never })).rejects.toThrow();
    const peek: FfmpegCommand = {
      inputs: [{ kind: "cover", name: other, options: [] }],
      filterGraph: null,
      outputs: [{ name: "x.mp4", options: ["-map", "0:v", "-c", "copy"] }],
    };
    await expect(ffmpeg({ command: peek, scratchDir, durationSeconds: 1, signal: never })).rejects.toThrow();
    expect(await readdir(folder)).not.toContain("escaped.mp4");
  },
);

test("a missing ffmpeg is a fault of the machine with a sentence, and is looked for again", async () => {
  const { ffprobe } = createFfmpegRunner({ ffmpegPath: join(folder, "no-ffmpeg") });
  await expect(ffprobe({ path: sourcePath, signal: never })).rejects.toMatchObject({ code: "unavailable" });
});
