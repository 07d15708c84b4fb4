import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { encodeCommand } from "#lib/media/encode/encode-command.ts";
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

/** A clip of 854x480: the noise keeps every rung at its maximum rate, and the width is no multiple of 128. */
const noisyClip = async (name: string): Promise<string> => {
  const sourcePath = join(folder, name);
  const picture = "testsrc2=s=854x480:r=25:d=6,noise=alls=60:allf=t:all_seed=7";
  await runTool("ffmpeg", ["-f", "lavfi", "-i", picture, "-c:v", "mpeg4", "-q:v", "3", sourcePath]);
  return sourcePath;
};

// At the maximum rate an encoder of several threads gives other bytes each time.
test("a file that is processed again gives the very same segments", async () => {
  const sourcePath = await noisyClip("again.mp4");
  const first = await hashesOf(sourcePath);
  expect(first.filter((name) => name.startsWith("480p/")).length).toBeGreaterThan(1);
  expect(await hashesOf(sourcePath)).toEqual(first);
  expect(await hashesOf(sourcePath)).toEqual(first);
}, 120_000);

/** What x264 is to use: no special instructions at all, and whatever this machine has. */
const processors = ["asm=0", "asm=auto"];

test("every kind of processor makes the same segments", async () => {
  const sourcePath = await noisyClip("processors.mp4");
  const settings = { ...defaultPlanSettings, keepSource: false };
  const { plan } = await processFile({ sourcePath, outDir: folder, settings, requiredOnly: true });
  const chunk = { ordinal: 0, firstSegment: 0, segmentCount: null };
  const { filterGraph, outputs } = encodeCommand({
    ...{ plan, chunk, rungs: plan.rungs, sourcePath, coverName: "", overlay: null },
  });
  const hashes = await Promise.all(
    processors.map(async (processor) => {
      const out = await mkdtemp(join(folder, "processor-"));
      const args = outputs.flatMap(({ options }, at) => {
        const params = options.indexOf("-x264-params") + 1;
        expect(params).toBeGreaterThan(0);
        return [...options.with(params, `${options[params]}:${processor}`), join(out, `${at}.mp4`)];
      });
      await runTool("ffmpeg", ["-i", sourcePath, "-filter_complex", filterGraph ?? "", ...args]);
      const files = await Promise.all(outputs.map((_, at) => readFile(join(out, `${at}.mp4`))));
      return files.map((bytes) => createHash("sha256").update(bytes).digest("hex"));
    }),
  );
  expect(hashes[0]?.length).toBeGreaterThan(1);
  expect(hashes[1]).toEqual(hashes[0]);
}, 120_000);
