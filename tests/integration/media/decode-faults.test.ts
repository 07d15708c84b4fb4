import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FfmpegCommand } from "#lib/media/ffmpeg-command.ts";
import { damageClip } from "#tests/media/damage.ts";
import { lavfi, runTool } from "#tests/media/run-tool.ts";
import { createFfmpegRunner } from "#worker/ffmpeg.ts";

let folder: string;
const runner = createFfmpegRunner();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-faults-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const makeClip = async () => {
  const [clean, damaged] = [join(folder, "clean.mp4"), join(folder, "damaged.mp4")];
  const codec = ["-c:v", "libx264", "-preset", "veryfast", "-g", "25"];
  await runTool("ffmpeg", [...lavfi("testsrc2=s=1280x720:r=25:d=2"), ...codec, clean]);
  await damageClip({ from: clean, to: damaged, seconds: { start: 1, end: 2 } });
  return { clean, damaged };
};

const faultsOf = async (path: string, threads: number): Promise<number> => {
  const command: FfmpegCommand = {
    inputs: [{ kind: "media", path, options: ["-threads", String(threads)] }],
    filterGraph: null,
    outputs: [{ name: null, options: ["-map", "0:v"] }],
  };
  const scratchDir = await mkdtemp(join(folder, "scratch-"));
  const signal = new AbortController().signal;
  return (await runner.ffmpeg({ command, scratchDir, durationSeconds: 3, signal })).decodeFaults;
};

// With sixteen threads ffmpeg 5.1 calls none to two of these eight concealed frames corrupt, another number each time.
test("damage counts the same with one thread of the decoder and with many", { timeout: 60_000 }, async () => {
  const { clean, damaged } = await makeClip();
  const alone = await faultsOf(damaged, 1);
  expect(alone).toBeGreaterThanOrEqual(4);
  for (const threads of [16, 16, 8, 3]) expect(await faultsOf(damaged, threads), `${threads} threads`).toBe(alone);
  expect(await faultsOf(clean, 16)).toBe(0);
});
