import { mkdtemp, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closePackaging } from "#lib/packaging/index.ts";
import { expectFaithfulCopy, expectSameFrames, isAvi, makeClip, processed } from "#tests/media/copied-clips.ts";
import { manyJoints, onePiece } from "#tests/media/joint-settings.ts";
import { numberedFrames } from "#tests/media/numbered-frames.ts";
import { joinedFile } from "#tests/media/read-run.ts";
import { lavfi, runTool } from "#tests/media/run-tool.ts";
import { canBeginInside } from "#worker/steps/read-avi-index.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-copy-"));
});
afterAll(async () => {
  await closePackaging();
  await rm(folder, { recursive: true, force: true });
});

/** One of each way that containers tell their times; `npm run test:corpus` takes all. */
const sample = ["vfr.ts", "far.ts", "mbaff.ts", "mpeg2.mpg", "h264.flv", "wmv2.wmv", "packed.avi"];

test.each(sample)(
  "chunks of %s show at every time the very frame that one reading shows",
  {
    timeout: 120_000,
  },
  async (name) => {
    await expectSameFrames(name, folder);
  },
);

test.each(sample.filter((name) => !isAvi(name)))(
  "every frame of a copy of %s is the original's, to the last pixel",
  {
    timeout: 60_000,
  },
  async (name) => {
    await expectFaithfulCopy(name, folder);
  },
);

describe("in a transport stream, picture and sound that do not begin together", () => {
  const made = async (name: string, first: readonly string[], second: readonly string[]) => {
    const path = join(folder, name);
    const codecs = ["-c:v", "mpeg2video", "-q:v", "4", "-g", "15", "-c:a", "mp2"];
    await runTool("ffmpeg", ["-y", ...first, ...second, "-map", "0:v", "-map", "1:a", ...codecs, path]);
    return processed(path, { folder, settings: manyJoints });
  };

  test("keep their distance when the picture comes later", { timeout: 120_000 }, async () => {
    const late = ["-itsoffset", "0.5", ...numberedFrames({ rate: "25", seconds: 6 })];
    const { frames } = await made("late-picture.ts", late, lavfi("sine=d=6"));
    expect(frames.findLast(({ number }) => number === 10)?.seconds).toBeCloseTo(0.9, 1);
    expect(frames.findLast(({ number }) => number === 100)?.seconds).toBeCloseTo(4.5, 1);
  });

  test("keep their distance when the sound comes later", { timeout: 120_000 }, async () => {
    const picture = numberedFrames({ rate: "25", seconds: 6 });
    const { run } = await made("late-sound.ts", picture, ["-itsoffset", "0.5", ...lavfi("sine=d=5.5")]);
    const out = ["-f", "s16le", "-ac", "1", "-ar", "1000", "-"];
    const samples = await runTool("ffmpeg", ["-i", await joinedFile(run.runDir, "audio-0"), ...out]);
    const loud = Array.from({ length: samples.byteLength / 2 }, (_, at) => Math.abs(samples.readInt16LE(at * 2)));
    expect(loud.findIndex((value) => value > 500) / 1000).toBeCloseTo(0.5, 1);
  });
});

describe("an AVI", () => {
  test("that was cut off has no index, and is encoded in one reading from its start", {
    timeout: 120_000,
  }, async () => {
    const path = await makeClip("asp.avi", folder);
    await truncate(path, Math.floor((await stat(path)).size * 0.8));
    expect(await canBeginInside(path)).toBe(false);
    const cut = await processed(path, { folder, settings: manyJoints });
    const whole = await processed(path, { folder, settings: onePiece });
    // One chunk that is known to take all: its weight and its scratch are those of the whole.
    expect(cut.chunks).toBe(1);
    expect(cut.frames).toEqual(whole.frames);
  });

  test("whose index takes every picture for a key frame is not believed", { timeout: 120_000 }, async () => {
    const path = await makeClip("packed.avi", folder);
    expect(await canBeginInside(path)).toBe(true);
    const bytes = await readFile(path);
    const index = bytes.lastIndexOf("idx1");
    for (let at = index + 8; at < bytes.length; at += 16) bytes[at + 4] = 0x10;
    await writeFile(path, bytes);
    expect(await canBeginInside(path)).toBe(false);
    const cut = await processed(path, { folder, settings: manyJoints });
    expect(cut.frames).toEqual((await processed(path, { folder, settings: onePiece })).frames);
  });
});
