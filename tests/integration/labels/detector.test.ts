import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { labelClasses } from "#lib/labels/classes.ts";
import { frameBytes } from "#lib/labels/frames-command.ts";
import { rankLabels } from "#lib/labels/rank-labels.ts";
import { runTool } from "#tests/media/run-tool.ts";
import { detectConfinement } from "#worker/ffmpeg.ts";
import { createDetector } from "#worker/labels/run-detector.ts";

/** People, in a picture that comes with the model. */
const people = join(dirname(createRequire(import.meta.url).resolve("@vladmandic/human")), "../assets/samples.jpg");

let folder: string;
let peoplePath: string;
const signal = () => new AbortController().signal;
const strongest = createDetector({ level: async () => (await detectConfinement()).level });
const budgetMs = 60_000;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-detector-"));
  peoplePath = join(folder, "people.rgb");
  const frame = await runTool("ffmpeg", [
    ...["-v", "error", "-i", people, "-frames:v", "1", "-vf", "scale=512:512,format=rgb24", "-f", "rawvideo", "-"],
  ]);
  await writeFile(peoplePath, Buffer.concat([frame, frame]));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the object model", { timeout: 120_000 }, () => {
  it.each([
    ["as tightly confined as this machine allows", strongest],
    ["without wrappers", createDetector({ level: async () => "none" })],
  ])("sees people, %s", async (_, detector) => {
    const look = await detector({ framesPath: peoplePath, budgetMs, signal: signal() });
    expect(look).toMatchObject({ ended: "all", note: "" });
    expect(look.frames).toHaveLength(2);
    expect(rankLabels(look.frames)).toEqual([{ label: "person", confidence: expect.any(Number), frames: 2 }]);
    expect(look.frames.flat().every(({ kind }) => labelClasses[kind] !== undefined)).toBe(true);
  });

  it("sees nothing in grey and in test pictures", async () => {
    const path = join(folder, "nothing.rgb");
    const pattern = await runTool("ffmpeg", [
      ...["-v", "error", "-f", "lavfi", "-i", "testsrc2=s=512x512", "-frames:v", "1"],
      ...["-pix_fmt", "rgb24", "-f", "rawvideo", "-"],
    ]);
    await writeFile(path, Buffer.concat([Buffer.alloc(frameBytes, 128), pattern]));
    const { frames } = await strongest({ framesPath: path, budgetMs, signal: signal() });
    expect(frames).toHaveLength(2);
    expect(rankLabels(frames)).toEqual([]);
  });

  it("tells what it saw before its time was up", async () => {
    const path = join(folder, "many.rgb");
    await writeFile(path, Buffer.alloc(frameBytes * 64, 128));
    const look = await strongest({ framesPath: path, budgetMs: 3_000, signal: signal() });
    expect(look.ended).toBe("cut");
    expect(look.frames.length).toBeLessThan(64);
  });

  it("gets no more memory than it was given, and one that does not start is told apart", async () => {
    const level = async () => (await detectConfinement()).level;
    const poor = createDetector({ level, memoryBytes: 128 * 1024 ** 2 });
    const look = await poor({ framesPath: peoplePath, budgetMs, signal: signal() });
    expect(look).toMatchObject({ ended: "unavailable", frames: [] });
    expect(look.note).not.toBe("");
  });

  it("starts without frames, for the doctor", async () => {
    expect(await strongest({ framesPath: null, budgetMs, signal: signal() })).toMatchObject({
      ended: "all",
      frames: [],
    });
  });

  it("ends with the job", async () => {
    const stop = new AbortController();
    const look = strongest({ framesPath: peoplePath, budgetMs, signal: stop.signal });
    stop.abort(new Error("the worker stops"));
    await expect(look).rejects.toThrow("the worker stops");
  });
});
