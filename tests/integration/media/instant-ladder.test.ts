import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { defaultPlanSettings } from "#lib/media/plan/plan.ts";
import { closePackaging } from "#lib/packaging/index.ts";
import { flashAndBeep } from "#tests/media/flash-and-beep.ts";
import { type ProcessedFile, processFile } from "#tests/media/process-file.ts";
import { parsePlaylist, readRendition } from "#tests/media/read-run.ts";
import { runTool } from "#tests/media/run-tool.ts";

let folder: string;
let run: ProcessedFile;
let renditions: Map<string, Awaited<ReturnType<typeof readRendition>>>;

const pictures = ["source", "360p"];
const all = [...pictures, "audio-0"];
const of = (name: string) => {
  const rendition = renditions.get(name);
  if (rendition === undefined) throw new Error(`no ${name}`);
  return rendition;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-instant-ladder-"));
  const sourcePath = join(folder, "clip.mp4");
  const inputs = flashAndBeep({ size: "854x480", rate: "30000/1001", seconds: 16 });
  // Key frames where the encoder likes them: the source's own cuts are the grid of all rungs.
  const avc = ["-c:v", "libx264", "-preset", "veryfast", "-bf", "2", "-g", "73", "-c:a", "aac", "-b:a", "96k"];
  await runTool("ffmpeg", [...inputs, ...avc, sourcePath]);
  // Chunks of one segment make a joint of every cut.
  run = await processFile({ sourcePath, outDir: folder, settings: { ...defaultPlanSettings, encodeChunkSeconds: 4 } });
  const read = await Promise.all(all.map((name) => readRendition(run.runDir, name)));
  renditions = new Map(all.map((name, index) => [name, read[index]] as const).flatMap(([n, r]) => (r ? [[n, r]] : [])));
}, 120_000);

afterAll(async () => {
  await closePackaging();
  await rm(folder, { recursive: true, force: true });
});

describe("the ladder under a kept source", () => {
  test("encoded rungs are cut where the source is, frame for frame", () => {
    expect(run.plan.source?.keep).toBe(true);
    expect(run.plan.chunks.length).toBeGreaterThan(2);
    const [source, encoded] = [of("source"), of("360p")];
    expect(source.segments.length).toBeGreaterThan(2);
    expect(encoded.segments.map(({ sampleCount }) => sampleCount)).toEqual(
      source.segments.map(({ sampleCount }) => sampleCount),
    );
    for (const [index, segment] of encoded.segments.entries()) {
      expect(segment.startsWithSync).toBe(true);
      expect(Math.abs(segment.startSeconds - (source.segments[index]?.startSeconds ?? Number.NaN))).toBeLessThan(0.001);
    }
  });

  test("a strict parser accepts every playlist; durations and the target are the same everywhere", async () => {
    const master = parsePlaylist(await readFile(join(run.runDir, "index.m3u8"), "utf8"));
    if (!master.isMasterPlaylist) throw new Error("not a multivariant playlist");
    const variants = master.variants.filter(({ isIFrameOnly }) => isIFrameOnly !== true);
    expect(variants.map(({ uri }) => uri).toSorted()).toEqual(["360p/index.m3u8", "source/index.m3u8"]);
    const facts = all.map((name) => {
      const media = parsePlaylist(of(name).playlist);
      if (media.isMasterPlaylist) throw new Error("not a media playlist");
      expect(media.endlist).toBe(true);
      expect(media.segments.map(({ uri }) => uri)).toEqual(of(name).segments.map((segment) => segment.name));
      return { target: media.targetDuration, durations: media.segments.map(({ duration }) => duration) };
    });
    expect(new Set(facts.map(({ target }) => target)).size).toBe(1);
    const [source, encoded] = facts;
    source?.durations.forEach((seconds, index) => {
      expect(Math.abs(seconds - (encoded?.durations[index] ?? Number.NaN))).toBeLessThan(0.001);
    });
  });

  test("declared bandwidths lie within 10 % of those measured on the stored segments", async () => {
    const master = parsePlaylist(await readFile(join(run.runDir, "index.m3u8"), "utf8"));
    if (!master.isMasterPlaylist) throw new Error("not a multivariant playlist");
    // RFC 8216 section 4.3.4.2: the peak is of any stretch of segments between half and one and a half target durations.
    const peakOf = (name: string) => {
      const { segments, playlist } = of(name);
      const media = parsePlaylist(playlist);
      const target = media.isMasterPlaylist ? 0 : media.targetDuration;
      const long = segments.filter(({ seconds }) => seconds >= target / 2);
      return Math.max(...long.map(({ sizeBytes, seconds }) => (sizeBytes * 8) / seconds));
    };
    const sound = peakOf("audio-0");
    const variants = master.variants.filter(({ isIFrameOnly }) => isIFrameOnly !== true);
    expect(variants).toHaveLength(2);
    for (const variant of variants) {
      const measured = peakOf(variant.uri.split("/")[0] ?? "") + sound;
      expect(Math.abs(variant.bandwidth / measured - 1), variant.uri).toBeLessThan(0.1);
    }
  });

  test("no packet of the packaged sound is lost, doubled or late", () => {
    const { segments } = of("audio-0");
    for (const [index, segment] of segments.entries()) {
      const next = segments[index + 1];
      if (next !== undefined) expect(next.startTicks).toBe(segment.startTicks + segment.durationTicks);
      const cut = of("source").segments[index]?.startSeconds ?? Number.NaN;
      expect(Math.abs(segment.startSeconds - cut)).toBeLessThan(1024 / 44_100);
    }
  });
});
