import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { defaultPlanSettings } from "#lib/media/plan/plan.ts";
import { processFile } from "#tests/media/process-file.ts";
import { runTool } from "#tests/media/run-tool.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-same-bytes-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Names and hashes of all segments that one processing makes of a file. */
const hashesOf = async (sourcePath: string): Promise<string[]> => {
  const outDir = await mkdtemp(join(folder, "run-"));
  const settings = { ...defaultPlanSettings, keepSource: false };
  const { runDir } = await processFile({ sourcePath, outDir, settings, requiredOnly: true });
  const names = (await readdir(runDir, { recursive: true })).filter((name) => name.endsWith(".m4s")).toSorted();
  const hash = async (name: string) =>
    `${name} ${createHash("sha256")
      .update(await readFile(join(runDir, name)))
      .digest("hex")}`;
  return await Promise.all(names.map(hash));
};

// The noise keeps every rung at its maximum rate, where an encoder of several threads gives other bytes each time.
test("a file that is processed again gives the very same segments", async () => {
  const sourcePath = join(folder, "clip.mp4");
  const picture = "testsrc2=s=854x480:r=25:d=6,noise=alls=60:allf=t:all_seed=7";
  await runTool("ffmpeg", ["-f", "lavfi", "-i", picture, "-c:v", "mpeg4", "-q:v", "3", sourcePath]);
  const first = await hashesOf(sourcePath);
  expect(first.filter((name) => name.startsWith("480p/")).length).toBeGreaterThan(1);
  expect(await hashesOf(sourcePath)).toEqual(first);
  expect(await hashesOf(sourcePath)).toEqual(first);
}, 120_000);
