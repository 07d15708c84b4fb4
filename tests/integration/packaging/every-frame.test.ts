import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readSegment } from "#lib/media/fragment/fmp4.ts";
import { closePackaging } from "#lib/packaging/index.ts";
import { lavfi, runTool } from "#tests/media/run-tool.ts";
import {
  clipFolder,
  frameHashes,
  packageTrack,
  packetHashes,
  packetSeconds,
  requireRung,
  sizeOf,
} from "./packaged-clip.ts";

let folder: Awaited<ReturnType<typeof clipFolder>>;
const clip = (name: string) => join(folder.path, name);

const picture = lavfi("testsrc2=s=320x180:r=30000/1001:d=11");
const sound = lavfi("aevalsrc=0.3*sin(440*2*PI*t):s=48000:d=11");
const avc = ["-c:v", "libx264", "-preset", "veryfast", "-g", "45", "-bf", "3"];
const aac = ["-c:a", "aac", "-ac", "2"];

beforeAll(async () => {
  folder = await clipFolder();
  await runTool("ffmpeg", [...picture, ...sound, ...avc, ...aac, "-movflags", "+faststart", clip("first.mp4")]);
  const copy = (name: string, ...options: string[]) =>
    runTool("ffmpeg", ["-i", clip("first.mp4"), "-map", "0", "-c", "copy", ...options, clip(name)]);
  await copy("last.mp4");
  await copy("clip.mov");
  await copy("clip.mkv");
  await copy("clip.ts");
});

afterAll(async () => {
  await closePackaging();
  await folder.remove();
});

type Expected = { reader: string; video: string; audio: string[] };

/** What must hold of any source: equal frames at equal times, and what was declared is what comes out. */
const expectFrames = async (name: string, input: Expected) => {
  const path = clip(name);
  const rung = await requireRung(path);
  expect(rung.reader).toBe(input.reader);
  expect(rung.video.codecs).toBe(input.video);
  expect(rung.audio.map(({ rendition }) => rendition)).toEqual(input.audio);
  const packaged = await packageTrack({ path, folder: folder.path, rung, track: rung.video });
  expect(await frameHashes(packaged.path)).toEqual(await frameHashes(path));
  expect(await sizeOf(packaged.path)).toBe(rung.video.sizeBytes);
  const infos = packaged.segments.map((bytes) => readSegment(bytes));
  expect(infos.every(({ startsWithSync }) => startsWithSync)).toBe(true);
  expect(infos.map(({ startTicks }) => startTicks)).toEqual(rung.video.starts);
  const ends = infos.map(({ startTicks, durationTicks }) => startTicks + durationTicks);
  expect(ends).toEqual([...rung.video.starts.slice(1), rung.video.endTicks]);
  // ffprobe shows negative composition offsets as a late start; all differences stay.
  const times = await packetSeconds(path, "v:0");
  const ours = await packetSeconds(packaged.path, "v:0");
  const late = (ours[0] ?? 0) - (times[0] ?? 0);
  expect(ours.length).toBe(times.length);
  times.forEach((time, index) => {
    expect(Math.abs((ours[index] ?? 0) - late - time)).toBeLessThan(0.0011);
  });
  return { path, rung };
};

/** The same, and the packets of its sound are the source's. */
const expectWhole = async (name: string, input: Expected) => {
  const { path, rung } = await expectFrames(name, input);
  for (const track of rung.audio) {
    const heard = await packageTrack({ path, folder: folder.path, rung, track });
    const hashes = await packetHashes(path, `${track.streamIndex}`);
    const ownHashes = await packetHashes(heard.path, "a:0");
    // Priming before time 0 is left out.
    expect(hashes.slice(hashes.length - ownHashes.length)).toEqual(ownHashes);
    expect(hashes.length - ownHashes.length).toBeLessThan(3);
    expect(await sizeOf(heard.path)).toBe(track.sizeBytes);
    expect(track.starts).toHaveLength(rung.video.starts.length);
  }
  return rung;
};

test.each(["first.mp4", "last.mp4", "clip.mov"])(
  "H.264 with B-frames out of %s comes back frame for frame",
  async (name) => {
    const rung = await expectWhole(name, { reader: "tables", video: "avc1.64000d", audio: ["audio-0"] });
    expect(rung.video.starts).toEqual([0, 135_135, 270_270]);
    expect(rung.audio[0]?.starts[0]).toBe(0);
  },
);

test("H.264 with B-frames out of MKV comes back frame for frame", async () => {
  const rung = await expectWhole("clip.mkv", { reader: "packets", video: "avc1.64000d", audio: ["audio-0"] });
  expect(rung.audio[0]?.timescale).toBe(48_000);
});

test("H.264 with B-frames out of MPEG-TS comes back frame for frame", async () => {
  await expectFrames("clip.ts", { reader: "packets", video: "avc1.64000d", audio: ["audio-0"] });
});

test("VP9 and Opus out of WebM are a variant of their own", async () => {
  const vp9 = ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "60", "-b:v", "300k"];
  await runTool("ffmpeg", [...picture, ...sound, ...vp9, "-c:a", "libopus", clip("clip.webm")]);
  await expectWhole("clip.webm", { reader: "packets", video: "vp09.00.11.08", audio: ["source-audio-0"] });
});

test.each(["hevc.mp4", "hevc.mkv"])("HEVC out of %s comes back frame for frame", async (name) => {
  const hevc = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "keyint=60:open-gop=0:log-level=error"];
  await runTool("ffmpeg", [...picture, ...sound, ...hevc, ...aac, clip(name)]);
  const reader = name.endsWith(".mp4") ? "tables" : "packets";
  await expectWhole(name, { reader, video: "hvc1.1.6.L60.90", audio: ["audio-0"] });
});

test.each(["av1.mp4", "av1.mkv"])("AV1 out of %s comes back frame for frame", async (name) => {
  const av1 = ["-c:v", "libaom-av1", "-cpu-used", "8", "-usage", "realtime", "-g", "60", "-b:v", "300k"];
  const short = lavfi("testsrc2=s=160x90:r=15:d=6");
  await runTool("ffmpeg", [...short, ...av1, clip(name)]);
  const reader = name.endsWith(".mp4") ? "tables" : "packets";
  await expectWhole(name, { reader, video: "av01.0.00M.08", audio: [] });
});

test("a picture that ends before its sound keeps its last frame until the sound ends", async () => {
  const short = lavfi("testsrc2=s=320x180:r=30000/1001:d=9.5");
  await runTool("ffmpeg", [...short, ...sound, ...avc, ...aac, clip("held.mp4")]);
  const { rung } = await expectFrames("held.mp4", { reader: "tables", video: "avc1.64000d", audio: ["audio-0"] });
  expect(Math.abs(rung.video.endTicks / rung.video.timescale - 11)).toBeLessThan(0.05);
  expect(rung.audio[0]?.starts).toHaveLength(rung.video.starts.length);
});
