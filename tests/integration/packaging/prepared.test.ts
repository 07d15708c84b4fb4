import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closePackaging, packageSegment, prepareSourceRung } from "#lib/packaging/index.ts";
import { lavfi, runTool } from "#tests/media/run-tool.ts";
import { clipFolder, readClip, requireRung } from "./packaged-clip.ts";

let folder: Awaited<ReturnType<typeof clipFolder>>;
const clip = (name: string) => join(folder.path, name);
const { signal } = new AbortController();
const prepare = (name: string) => prepareSourceRung({ source: { path: clip(name) }, targetSeconds: 4, signal });

const long = [...lavfi("testsrc2=s=64x48:r=10:d=300"), ...lavfi("sine=440:d=300:r=48000")];
const inputs = [...lavfi("testsrc2=s=64x48:r=10:d=12"), ...lavfi("sine=440:d=12:r=48000")];
const avc = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "20", "-bf", "2", "-c:a", "aac"];

beforeAll(async () => {
  folder = await clipFolder();
  await runTool("ffmpeg", [...inputs, ...avc, clip("plain.mp4")]);
  await runTool("ffmpeg", [...inputs, ...avc, "-output_ts_offset", "3", clip("late.mp4")]);
  await runTool("ffmpeg", [...inputs, ...avc, clip("again.mkv")]);
  await runTool("ffmpeg", [...long, ...avc, clip("long.mkv")]);
  await runTool("ffmpeg", [...long, ...avc, "-output_ts_offset", "3", clip("long-late.mkv")]);
  await runTool("ffmpeg", ["-i", clip("plain.mp4"), "-c", "copy", "-metadata:s:v", "rotate=90", clip("turned.mp4")]);
});

afterAll(async () => {
  await closePackaging();
  await folder.remove();
});

test.each(["plain.mp4", "late.mp4", "again.mkv", "turned.mp4", "long.mkv", "long-late.mkv"])(
  "%s: read ahead, the answer is the same",
  async (name) => {
    const cold = await readClip(clip(name));
    await closePackaging();
    expect(await prepare(name)).toEqual({ refused: null });
    expect(await readClip(clip(name))).toEqual(cold);
  },
);

test("a segment of a rung that was read ahead has the bytes of one that was not", async () => {
  const source = { path: clip("plain.mp4") };
  const rung = await requireRung(source.path);
  const one = () => packageSegment({ source, rung, rendition: "source", index: 1, signal });
  const cold = await one();
  await closePackaging();
  await prepare("plain.mp4");
  await requireRung(source.path);
  expect(await one()).toEqual(cold);
});

test("what was read ahead of one file is not taken for another that came in its place", async () => {
  await copyFile(clip("plain.mp4"), clip("place.mp4"));
  await prepare("place.mp4");
  await copyFile(clip("late.mp4"), clip("place.mp4"));
  expect(await readClip(clip("place.mp4"))).toEqual(await readClip(clip("late.mp4")));
});

test("a file that is none, or not there, says nothing until its rung is asked for", async () => {
  await writeFile(clip("text.mp4"), "no film at all, only some words");
  expect(await prepare("text.mp4")).toEqual({ refused: null });
  expect(await prepare("missing.mp4")).toEqual({ refused: null });
});
