import { mkdtemp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { defaultPlanSettings, type PlanSettings } from "#lib/media/plan/plan.ts";
import { closePackaging } from "#lib/packaging/index.ts";
import { damageClip } from "#tests/media/damage.ts";
import { processFile } from "#tests/media/process-file.ts";
import { parsePlaylist } from "#tests/media/read-run.ts";
import { lavfi, runTool } from "#tests/media/run-tool.ts";
import { clipFolder } from "./packaged-clip.ts";

let folder: Awaited<ReturnType<typeof clipFolder>>;
let sound: string;

beforeAll(async () => {
  folder = await clipFolder();
  sound = join(folder.path, "sound.mp4");
  const picture = lavfi("testsrc2=s=854x480:r=25:d=12");
  const codecs = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-g", "50", "-b:v", "900k", "-c:a", "aac"];
  await runTool("ffmpeg", [...picture, ...lavfi("sine=f=440:d=12"), "-pix_fmt", "yuv420p", ...codecs, sound]);
}, 120_000);

afterAll(async () => {
  await closePackaging();
  await folder.remove();
});

const settings: PlanSettings = { ...defaultPlanSettings, encodeChunkSeconds: 4 };

const finished = async (sourcePath: string) => {
  const outDir = await mkdtemp(join(folder.path, "out-"));
  const run = await processFile({ sourcePath, outDir, settings, requiredOnly: true });
  const text = await readFile(join(run.runDir, "index.m3u8"), "utf8");
  const master = parsePlaylist(text);
  if (!master.isMasterPlaylist) throw new Error("not a multivariant playlist");
  const variants = master.variants.filter(({ isIFrameOnly }) => isIFrameOnly !== true).map(({ uri }) => uri);
  return { run, text, variants };
};

test("a source that decodes without a fault stays as the top rung", async () => {
  const { run, variants } = await finished(sound);
  expect(run.plan.source?.keep).toBe(true);
  expect(variants.toSorted()).toEqual(["360p/index.m3u8", "source/index.m3u8"]);
}, 120_000);

test("a source whose packets are damaged in its middle serves until the run ends, and is not listed after it", async () => {
  const damaged = join(folder.path, "damaged.mp4");
  await damageClip({ from: sound, to: damaged, seconds: { start: 5, end: 7 } });
  const { run, text, variants } = await finished(damaged);
  expect(run.plan.source?.keep).toBe(true);
  expect(variants).toEqual(["360p/index.m3u8"]);
  expect(text).not.toContain("source");
  expect(run.finish.renditions.map(({ name }) => name).toSorted()).toEqual(["360p", "audio-0"]);
  expect(run.finish.assets.map(({ key }) => key).filter((key) => key.includes("/source/"))).toEqual([]);
}, 120_000);
