import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "#lib/ids.ts";
import { defaultPlanSettings, type Plan } from "#lib/media/plan/plan.ts";
import { noWishes } from "#lib/media/plan/wishes.ts";
import { type ProbeResult, partsResultSchema, type RenditionPart } from "#lib/media/playlists/rendition-parts.ts";
import { closePackaging } from "#lib/packaging/index.ts";
import { damageClip } from "#tests/media/damage.ts";
import { numberedFrames } from "#tests/media/numbered-frames.ts";
import { lavfi, runTool } from "#tests/media/run-tool.ts";
import { createFfmpegRunner } from "#worker/ffmpeg.ts";
import { stepHandlers } from "#worker/steps/index.ts";
import { probeWith } from "#worker/steps/probe.ts";
import type { StepContext } from "#worker/steps/step.ts";

let folder: string;
let sourcePath: string;
const ids = { id: newId(), videoId: newId() };
const runner = createFfmpegRunner();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-resume-"));
  sourcePath = join(folder, "clip.avi");
  const inputs = [...numberedFrames({ rate: "25", seconds: 12 }), ...lavfi("sine=d=12")];
  await runTool("ffmpeg", [...inputs, "-c:v", "mpeg4", "-q:v", "4", "-c:a", "libmp3lame", sourcePath]);
});
afterAll(async () => {
  await closePackaging();
  await rm(folder, { recursive: true, force: true });
});

type Attempt = {
  plan: Plan | null;
  kind: "probe" | "preview" | "encode" | "audio";
  before: readonly RenditionPart[];
  path?: string;
};

/** One attempt at a step; gives what it published and what it handed over at its end, with the bytes of each file. */
const attempt = async ({ plan, kind, before, path: source = sourcePath }: Attempt) => {
  const published: RenditionPart[] = [];
  const bytes = new Map<string, Buffer>();
  const keep = async (files: readonly { path: string; key: string }[]) => {
    for (const { path, key } of files) bytes.set(key, await readFile(path));
  };
  const context: StepContext = {
    ...{
      run: { ...ids, plan },
      step: { id: newId(), kind, ordinal: 0 },
      title: "A clip",
      sourcePath: source,
      results: [],
    },
    scratchDir: await mkdtemp(join(folder, "scratch-")),
    ...{ ffmpeg: runner.ffmpeg, ffprobe: runner.ffprobe, wishes: noWishes, signal: new AbortController().signal },
    report: () => undefined,
    publish: async ({ part, files }) => {
      await keep(files);
      published.push(part);
    },
    published: async (rendition) => before.filter((part) => part.rendition === rendition),
    readStored: async ({ key }) => bytes.get(key) ?? Buffer.alloc(0),
  };
  const settings = { ...defaultPlanSettings, targetSegmentSeconds: 1 };
  const handler = kind === "probe" ? probeWith(settings) : stepHandlers[kind];
  const { result, files } = await handler(context);
  await keep(files);
  return { result, published, parts: partsResultSchema.safeParse(result).data?.parts ?? [], bytes };
};

test.each(["preview", "audio"] as const)(
  "a second attempt at %s publishes only what is missing, with equal bytes",
  async (kind) => {
    const { plan } = (await attempt({ plan: null, kind: "probe", before: [] })).result as ProbeResult;
    const first = await attempt({ plan, kind, before: [] });
    const all = [...first.published, ...first.parts];
    expect(all.flatMap(({ segments }) => segments)).toHaveLength(12);
    const [part] = all;
    if (part === undefined) throw new Error("nothing came out");
    const before = [{ ...part, segments: all.flatMap(({ segments }) => segments).slice(0, 5) }];
    const second = await attempt({ plan, kind, before });
    const rest = [...second.published, ...second.parts];
    expect(rest[0]?.firstSegment).toBe(5);
    expect(rest.flatMap(({ segments }) => segments)).toEqual(all.flatMap(({ segments }) => segments).slice(5));
    expect(second.bytes.size).toBe(7);
    for (const [key, bytes] of second.bytes)
      expect(bytes.equals(first.bytes.get(key) ?? Buffer.alloc(0)), key).toBe(true);
  },
  300_000,
);

test("a second attempt at a chunk that was published whole says again that its source is damaged", {
  timeout: 120_000,
}, async () => {
  const [clean, path] = [join(folder, "clean.mp4"), join(folder, "damaged.mp4")];
  const codecs = ["-c:v", "libx264", "-preset", "veryfast", "-g", "25", "-c:a", "aac"];
  await runTool("ffmpeg", [...lavfi("testsrc2=s=1280x720:r=25:d=3"), ...lavfi("sine=d=3"), ...codecs, clean]);
  await damageClip({ from: clean, to: path, seconds: { start: 1, end: 2 } });
  const { plan } = (await attempt({ plan: null, kind: "probe", before: [], path })).result as ProbeResult;
  expect(plan.source?.keep).toBe(true);
  const first = await attempt({ plan, kind: "encode", before: [], path });
  const faults = partsResultSchema.parse(first.result).decodeFaults;
  expect(faults).toBeGreaterThan(0);
  const before = [...first.published, ...first.parts];
  const second = await attempt({ plan, kind: "encode", before, path });
  expect([...second.published, ...second.parts]).toEqual([]);
  expect(partsResultSchema.parse(second.result).decodeFaults).toBe(faults);
});
