import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { PlanSettings } from "#lib/media/plan/plan.ts";
import { closePackaging } from "#lib/packaging/index.ts";
import { manyJoints, onePiece } from "#tests/media/joint-settings.ts";
import { numberedFrames, shownFrames } from "#tests/media/numbered-frames.ts";
import { processFile } from "#tests/media/process-file.ts";
import { lavfi, runTool } from "#tests/media/run-tool.ts";
import { canBeginInside } from "#worker/steps/read-avi-index.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-lies-"));
});
afterAll(async () => {
  await closePackaging();
  await rm(folder, { recursive: true, force: true });
});

const processed = async (sourcePath: string, settings: PlanSettings) => {
  const outDir = await mkdtemp(join(folder, "out-"));
  const run = await processFile({ sourcePath, outDir, settings, requiredOnly: true });
  return { run, frames: await shownFrames(run.runDir, run.plan.rungs[0]?.name ?? "") };
};

/** An MPEG-4 AVI whose index was changed: `change` gets each entry and its number among the pictures. */
const withIndex = async (
  name: string,
  change: (entry: Buffer, picture: number) => void,
  codec: readonly string[] = ["-c:v", "mpeg4", "-q:v", "4", "-bf", "2", "-g", "40"],
) => {
  const path = join(folder, name);
  const inputs = [...numberedFrames({ rate: "25", seconds: 9 }), ...lavfi("sine=d=9")];
  await runTool("ffmpeg", ["-y", ...inputs, ...codec, "-c:a", "libmp3lame", path]);
  const bytes = await readFile(path);
  const index = bytes.lastIndexOf("idx1");
  let picture = 0;
  for (let at = index + 8; at + 16 <= bytes.length; at += 16) {
    if (bytes.toString("latin1", at, at + 4) !== "00dc") continue;
    change(bytes.subarray(at, at + 16), picture);
    picture += 1;
  }
  await writeFile(path, bytes);
  return path;
};

const shows = async (path: string) => {
  const cut = await processed(path, manyJoints);
  return {
    chunks: cut.run.plan.previewChunks.length,
    cut: cut.frames,
    whole: (await processed(path, onePiece)).frames,
  };
};

const key = (entry: Buffer, is: boolean) => entry.writeUInt32LE(is ? 0x10 : 0, 4);
const place = (entry: Buffer, at: number) => entry.writeUInt32LE(at >>> 0, 8);

test.each<[string, (entry: Buffer, picture: number) => unknown]>([
  ["some pictures that are none are key frames", (entry, picture) => key(entry, picture % 10 === 0)],
  ["all pictures are key frames", (entry) => key(entry, true)],
  ["everything lies in another's place", (entry, picture) => picture > 100 && place(entry, 4)],
  ["everything lies behind the file's end", (entry, picture) => picture > 100 && place(entry, 0xffffff00)],
  ["names are none", (entry) => entry.write("xxxx", 0, "latin1")],
])("an AVI in whose index %s is not entered by it", { timeout: 120_000 }, async (name, change) => {
  const { chunks, cut, whole } = await shows(await withIndex(`${name.replaceAll(/\W/g, "-")}.avi`, change));
  expect(chunks).toBe(1);
  expect(cut).toEqual(whole);
});

test("an AVI whose index lists fewer key frames than there are is entered at those", {
  timeout: 120_000,
}, async () => {
  const path = await withIndex("few-keys.avi", (entry, picture) => picture > 100 && key(entry, false));
  const { chunks, cut, whole } = await shows(path);
  expect(chunks).toBeGreaterThan(2);
  expect(cut).toEqual(whole);
});

test.each<[string, (list: number) => number]>([
  ["from the file's start", (list) => list],
  ["from anywhere", () => 3],
])("an AVI whose index counts %s is entered by it", { timeout: 120_000 }, async (name, shiftOf) => {
  const path = join(folder, `${name.replaceAll(/\W/g, "-")}.avi`);
  await copyFile(await withIndex("good.avi", () => undefined), path);
  const bytes = await readFile(path);
  const shift = shiftOf(bytes.indexOf("movi"));
  const index = bytes.lastIndexOf("idx1");
  for (let at = index + 8; at + 16 <= bytes.length; at += 16) {
    bytes.writeUInt32LE(bytes.readUInt32LE(at + 8) + shift, at + 8);
  }
  await writeFile(path, bytes);
  const { chunks, cut, whole } = await shows(path);
  expect(chunks).toBeGreaterThan(2);
  expect(cut).toEqual(whole);
});

test.each([
  ["AVI of another kind", (bytes: Buffer) => bytes.write("AVI\x19", 8, "latin1")],
  ["AVI that says nothing of its packets", (bytes: Buffer) => bytes.write("junk", bytes.indexOf("movi"), "latin1")],
])("an %s is judged as one", async (name, change) => {
  const path = await withIndex(`${name.replaceAll(/\W/g, "-")}.avi`, () => undefined);
  expect(await canBeginInside(path)).toBe(true);
  const bytes = await readFile(path);
  change(bytes);
  bytes.write("JUNK", bytes.lastIndexOf("idx1"), "latin1");
  await writeFile(path, bytes);
  expect(await canBeginInside(path)).toBe(false);
});

test.each([
  ["xvid", ["-c:v", "libxvid", "-q:v", "4", "-bf", "2", "-g", "40"]],
  ["h264", ["-c:v", "libx264", "-preset", "veryfast", "-g", "40"]],
  ["msmpeg4v2", ["-c:v", "msmpeg4v2", "-q:v", "4", "-g", "40"]],
  ["msmpeg4", ["-c:v", "msmpeg4", "-q:v", "4", "-g", "40"]],
  ["wmv1", ["-c:v", "wmv1", "-q:v", "4", "-g", "40"]],
  ["wmv2", ["-c:v", "wmv2", "-q:v", "4", "-g", "40"]],
  ["mjpeg", ["-c:v", "mjpeg", "-q:v", "4"]],
  ["mpeg2video", ["-c:v", "mpeg2video", "-q:v", "4", "-g", "40"]],
])("an index of %s is believed, and not when it lies", { timeout: 60_000 }, async (codec, options) => {
  expect(await canBeginInside(await withIndex(`true-${codec}.avi`, () => undefined, options))).toBe(true);
  if (codec === "mjpeg" || codec === "mpeg2video") return;
  const lies = (entry: Buffer, picture: number) => key(entry, picture % 9 === 0);
  expect(await canBeginInside(await withIndex(`false-${codec}.avi`, lies, options))).toBe(false);
});
