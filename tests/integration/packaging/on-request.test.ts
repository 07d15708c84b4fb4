import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closePackaging, packageSegment, readSourceRung } from "#lib/packaging/index.ts";
import { lavfi, runTool } from "#tests/media/run-tool.ts";
import { clipFolder, frameHashes, packageTrack, packetHashes, probeClip, requireRung } from "./packaged-clip.ts";

let folder: Awaited<ReturnType<typeof clipFolder>>;
const clip = (name: string) => join(folder.path, name);
const never = new AbortController().signal;

beforeAll(async () => {
  folder = await clipFolder();
  const inputs = [...lavfi("testsrc2=s=64x48:r=10:d=300"), ...lavfi("sine=440:d=300:r=48000")];
  const codecs = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "30", "-bf", "2", "-c:a", "aac", "-b:a", "48k"];
  await runTool("ffmpeg", [...inputs, ...codecs, clip("long.mp4")]);
  await runTool("ffmpeg", ["-i", clip("long.mp4"), "-c", "copy", clip("long.mkv")]);
});

afterAll(async () => {
  await closePackaging();
  await folder.remove();
});

test("a long MKV is read by its cues: every frame and sound packet comes back, and sizes are told within 10 %", async () => {
  const path = clip("long.mkv");
  const rung = await requireRung(path);
  const picture = await packageTrack({ path, folder: folder.path, rung, track: rung.video });
  expect(await frameHashes(picture.path)).toEqual(await frameHashes(path));
  const [sound] = rung.audio;
  if (sound === undefined) throw new Error("no sound");
  const heard = await packageTrack({ path, folder: folder.path, rung, track: sound });
  expect(await packetHashes(heard.path, "a:0")).toEqual(await packetHashes(path, "a:0"));
  for (const { track, path: joined } of [picture, heard]) {
    const { size } = await stat(joined);
    expect(Math.abs(size / track.sizeBytes - 1)).toBeLessThan(0.02);
    const seconds = (track.endTicks - (track.starts[0] ?? 0)) / track.timescale;
    expect(Math.abs((size * 8) / seconds / track.bandwidth.average - 1)).toBeLessThan(0.1);
  }
});

test("segments have the same bytes each time, with the index read anew", async () => {
  for (const name of ["long.mp4", "long.mkv"]) {
    const source = { path: clip(name) };
    const rung = await requireRung(source.path);
    const all = async () => {
      const pieces: Uint8Array[] = [];
      for (const track of [rung.video, ...rung.audio]) {
        for (const index of ["init" as const, 0, 7, track.starts.length - 1]) {
          pieces.push(await packageSegment({ source, rung, rendition: track.rendition, index, signal: never }));
        }
      }
      return Buffer.concat(pieces);
    };
    const first = await all();
    await closePackaging();
    expect(await all()).toEqual(first);
  }
});

test("equal requests at one time share one answer", async () => {
  const source = { path: clip("long.mp4") };
  const rung = await requireRung(source.path);
  const ask = () => packageSegment({ source, rung, rendition: "source", index: 3, signal: never });
  const [first, second] = await Promise.all([ask(), ask()]);
  expect(second).toBe(first);
});

test("a caller that gives up is told so, the others get their segment", async () => {
  const source = { path: clip("long.mp4") };
  const rung = await requireRung(source.path);
  const gone = new AbortController();
  const lost = packageSegment({ source, rung, rendition: "source", index: 4, signal: gone.signal });
  const kept = packageSegment({ source, rung, rendition: "source", index: 4, signal: never });
  gone.abort(new Error("closed the tab"));
  await expect(lost).rejects.toThrow("closed the tab");
  expect((await kept).byteLength).toBeGreaterThan(0);
  await expect(packageSegment({ source, rung, rendition: "source", index: 4, signal: gone.signal })).rejects.toThrow(
    "closed the tab",
  );
});

test("what the rung does not have is not found", async () => {
  const source = { path: clip("long.mp4") };
  const rung = await requireRung(source.path);
  const wrong = { code: "not_found" };
  const ask = (rendition: string, index: number) => packageSegment({ source, rung, rendition, index, signal: never });
  await expect(ask("source", 10_000)).rejects.toMatchObject(wrong);
  await expect(ask("audio-9", 0)).rejects.toMatchObject(wrong);
  await expect(
    packageSegment({ source: { path: clip("none.mp4") }, rung, rendition: "source", index: 0, signal: never }),
  ).rejects.toMatchObject(wrong);
});

test("a source that was replaced by another is refused, not served", async () => {
  const rung = await requireRung(clip("long.mp4"));
  await runTool("ffmpeg", [...lavfi("testsrc2=s=64x48:r=10:d=8"), "-c:v", "libx264", clip("other.mp4")]);
  await expect(
    packageSegment({ source: { path: clip("other.mp4") }, rung, rendition: "source", index: 9, signal: never }),
  ).rejects.toMatchObject({ code: "unprocessable" });
});

test("packaged sound starts at the first packet at or after each cut of the picture", async () => {
  const rung = await requireRung(clip("long.mp4"));
  const [sound] = rung.audio;
  rung.video.starts.forEach((ticks, index) => {
    const late = (sound?.starts[index] ?? 0) / (sound?.timescale ?? 1) - ticks / rung.video.timescale;
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThan(1024 / 48_000);
  });
});

test("lengths are as wished: four to six seconds, no sliver at the end", async () => {
  const rung = await requireRung(clip("long.mp4"));
  const ends = [...rung.video.starts.slice(1), rung.video.endTicks];
  const seconds = ends.map((end, index) => (end - (rung.video.starts[index] ?? 0)) / rung.video.timescale);
  expect(Math.max(...seconds)).toBeLessThanOrEqual(6.01);
  expect(Math.min(...seconds)).toBeGreaterThanOrEqual(2);
});

test("a text file is refused", async () => {
  const probe = await probeClip(clip("long.mp4"));
  const path = join(process.cwd(), "package.json");
  expect((await readFile(path)).byteLength).toBeGreaterThan(16);
  expect(await readSourceRung({ source: { path }, probe, targetSeconds: 4, signal: never })).toHaveProperty("refused");
});
