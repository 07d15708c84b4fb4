import { mkdtemp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readSegment } from "#lib/media/fragment/fmp4.ts";
import { defaultPlanSettings } from "#lib/media/plan/plan.ts";
import { liveMediaPlaylist, liveMultivariant } from "#lib/media/playlists/live-playlists.ts";
import { measureBandwidth } from "#lib/media/playlists/measurements.ts";
import type { SourceTrack } from "#lib/media/source/source-rung.ts";
import { closePackaging } from "#lib/packaging/index.ts";
import { segmentName } from "#lib/storage/keys.ts";
import { processFile } from "#tests/media/process-file.ts";
import { parsePlaylist } from "#tests/media/read-run.ts";
import { lavfi, runTool } from "#tests/media/run-tool.ts";
import { clipFolder, type PackagedTrack, packageTrack, requireRung, sizeOf } from "./packaged-clip.ts";

const minutes = 20;

let folder: Awaited<ReturnType<typeof clipFolder>>;
const clip = (name: string) => join(folder.path, name);

beforeAll(async () => {
  folder = await clipFolder();
  // Rates that vary, of picture and sound: a guess by the average would show.
  const picture = lavfi("testsrc2=s=320x180:r=25:d=60,noise=alls=20:allf=t:enable='lt(mod(t,20),7)'");
  const rate = ["-b:v", "300k", "-maxrate", "500k", "-bufsize", "500k"];
  const x264 = ["-c:v", "libx264", "-preset", "ultrafast", ...rate, "-g", "100", "-bf", "2", "-pix_fmt", "yuv420p"];
  await runTool("ffmpeg", [...picture, ...x264, clip("minute.mp4")]);
  const sound = lavfi(`aevalsrc='0.3*sin(440*2*PI*t)+0.2*random(0)*lt(mod(t,13),5)':s=48000:d=${minutes * 60}`);
  await runTool("ffmpeg", [...sound, "-c:a", "aac", "-ac", "2", clip("sound.m4a")]);
  const inputs = ["-stream_loop", String(minutes - 1), "-i", clip("minute.mp4"), "-i", clip("sound.m4a")];
  for (const name of ["long.mp4", "long.mkv"]) {
    await runTool("ffmpeg", [...inputs, "-map", "0:v", "-map", "1:a", "-c", "copy", clip(name)]);
  }
}, 300_000);

afterAll(async () => {
  await closePackaging();
  await folder.remove();
});

/** What is measured on the segments of a track after they were made. */
const measured = async ({ track, segments, path }: PackagedTrack) => {
  const infos = segments.map((bytes) => readSegment(bytes));
  const lengths = infos.map(({ durationTicks }) => durationTicks / track.timescale);
  const last = infos.at(-1);
  return {
    sizeBytes: await sizeOf(path),
    starts: infos.map(({ startTicks }) => startTicks),
    endTicks: (last?.startTicks ?? 0) + (last?.durationTicks ?? 0),
    bandwidth: measureBandwidth({
      segments: segments.map(({ byteLength }, index) => ({ sizeBytes: byteLength, seconds: lengths[index] ?? 0 })),
      targetSeconds: lengths.reduce((longest, seconds) => Math.max(longest, Math.round(seconds)), 1),
    }),
  };
};

const tracksOf = async (name: string) => {
  const path = clip(name);
  const rung = await requireRung(path);
  const tracks: { track: SourceTrack; real: Awaited<ReturnType<typeof measured>> }[] = [];
  for (const track of [rung.video, ...rung.audio]) {
    const packaged = await packageTrack({ path, folder: folder.path, rung, track });
    tracks.push({ track, real: await measured(packaged) });
  }
  expect(tracks.map(({ track }) => track.rendition)).toEqual(["source", "audio-0"]);
  return tracks;
};

describe("what is declared of twenty minutes before anything is packaged", () => {
  test("is exactly what comes out of an MP4", async () => {
    for (const { track, real } of await tracksOf("long.mp4")) {
      const { sizeBytes, starts, endTicks, bandwidth } = track;
      expect({ sizeBytes, starts, endTicks, bandwidth }, track.rendition).toEqual(real);
    }
  }, 120_000);

  test("is exact in time for an MKV that is read by its cues, and near in size", async () => {
    for (const { track, real } of await tracksOf("long.mkv")) {
      expect(track.starts).toEqual(real.starts);
      expect(track.endTicks).toBe(real.endTicks);
      expect(Math.abs(track.sizeBytes / real.sizeBytes - 1), track.rendition).toBeLessThan(0.02);
      expect(Math.abs(track.bandwidth.average / real.bandwidth.average - 1), track.rendition).toBeLessThan(0.02);
      expect(Math.abs(track.bandwidth.peak / real.bandwidth.peak - 1), track.rendition).toBeLessThan(0.1);
    }
  }, 120_000);
});

const names = { playlist: (rendition: string) => `${rendition}/index.m3u8`, init: "init.mp4", segment: segmentName };

/** BANDWIDTH of each variant and duration of each segment, as playlists tell them. */
const told = (texts: { multivariant: string; media: readonly string[] }) => {
  const master = parsePlaylist(texts.multivariant);
  if (!master.isMasterPlaylist) throw new Error("not a multivariant playlist");
  const source = master.variants.find(({ uri }) => uri === "source/index.m3u8");
  const lines = texts.media.map((text) => [...text.matchAll(/#EXT(?:INF|-X-TARGETDURATION):[\d.]+/g)].join("\n"));
  return { bandwidth: source?.bandwidth, average: source?.averageBandwidth, lines };
};

test.each(["long.mp4", "long.mkv"])(
  "playlists of %s tell the same BANDWIDTH and durations before and after Finish",
  async (name) => {
    const outDir = await mkdtemp(join(folder.path, "out-"));
    const run = await processFile({
      ...{ sourcePath: clip(name), outDir, settings: defaultPlanSettings, requiredOnly: true },
    });
    const renditions = ["source", "audio-0"];
    const live = { plan: run.plan, parts: [], complete: new Set<string>() };
    expect(run.plan.source?.keep).toBe(true);
    const before = told({
      multivariant: liveMultivariant({ run: live, names, scope: "now" }),
      media: renditions.map((rendition) => liveMediaPlaylist({ run: live, names, rendition }) ?? ""),
    });
    const file = (path: string) => readFile(join(run.runDir, path), "utf8");
    const media = await Promise.all(renditions.map((rendition) => file(`${rendition}/index.m3u8`)));
    expect(before.bandwidth).toBeGreaterThan(0);
    expect(told({ multivariant: await file("index.m3u8"), media })).toEqual(before);
  },
  300_000,
);
