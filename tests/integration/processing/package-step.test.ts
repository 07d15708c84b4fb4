import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "#lib/ids.ts";
import type { Plan } from "#lib/media/plan/plan.ts";
import { noWishes } from "#lib/media/plan/wishes.ts";
import type { ProbeResult, RenditionPart } from "#lib/media/playlists/rendition-parts.ts";
import { closePackaging } from "#lib/packaging/index.ts";
import { noTool } from "#tests/factories/fake-steps.ts";
import { livePlan } from "#tests/factories/live-plan.ts";
import { runOneStep } from "#tests/media/run-step.ts";
import { lavfi, runTool } from "#tests/media/run-tool.ts";
import { packageStep } from "#worker/steps/package.ts";
import { probeStep } from "#worker/steps/probe.ts";
import type { StepContext } from "#worker/steps/step.ts";

let folder: string;
let clip: string;
let plan: Plan;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-package-step-"));
  clip = join(folder, "clip.mp4");
  const encoders = ["-c:v", "libx264", "-g", "25", "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest", clip];
  const picture = lavfi("testsrc2=size=320x180:rate=25:duration=9");
  await runTool("ffmpeg", [...picture, ...lavfi("sine=frequency=440:duration=9"), ...encoders]);
  const probed = await runOneStep({
    ...{ handler: probeStep, kind: "probe", plan: livePlan("none"), sourcePath: clip, folder },
  });
  ({ plan } = probed.outcome.result as ProbeResult);
}, 60_000);
afterAll(async () => {
  await closePackaging();
  await rm(folder, { recursive: true });
});

/** Runs the step; what it publishes is added to `parts` with the bytes of its files by key. */
const packageAll = async (input: { plan: Plan; parts: RenditionPart[]; stopAfter?: number }) => {
  const scratchDir = await mkdtemp(join(folder, "scratch-"));
  const stored = new Map<string, Buffer>();
  const fractions: number[] = [];
  let published = 0;
  const context: StepContext = {
    run: { id: newId(), videoId: newId(), plan: input.plan },
    step: { id: newId(), kind: "package", ordinal: 0 },
    ...{ title: "", sourcePath: clip, scratchDir, results: [], ffmpeg: noTool, ffprobe: noTool, wishes: noWishes },
    report: ({ fraction }) => fractions.push(fraction),
    publish: async ({ part, files }) => {
      if (published === input.stopAfter) throw new Error("the worker died");
      published += 1;
      for (const { path, key } of files) stored.set(key.split("/").slice(3).join("/"), await readFile(path));
      input.parts.push(part);
    },
    published: async (rendition) => input.parts.filter((part) => part.rendition === rendition),
    readStored: noTool,
    signal: new AbortController().signal,
  };
  return { done: packageStep(context), stored, fractions };
};

it("stores what the plan declared, byte for byte, and goes on after what is published", async () => {
  const { source } = plan;
  if (source === null) throw new Error("the clip can be packaged");
  const parts: RenditionPart[] = [];
  const broken = await packageAll({ plan, parts, stopAfter: 1 });
  await expect(broken.done).rejects.toThrow("died");
  const again = await packageAll({ plan, parts });
  await again.done;
  expect([...again.stored.keys()].filter((key) => key.startsWith("source/"))).toEqual([]);
  expect(again.fractions.at(-1)).toBe(1);
  for (const track of [source.video, ...source.audio]) {
    const own = parts.filter(({ rendition }) => rendition === track.rendition);
    const bytes = own.flatMap(({ segments }) => segments).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    expect(bytes + (own[0]?.initBytes ?? 0)).toBe(track.sizeBytes);
    expect(own.flatMap(({ segments }) => segments.map(({ start }) => start))).toEqual(track.starts);
    expect(own[0]).toMatchObject({ codecs: track.codecs, timescale: track.timescale });
  }
});

it("stores only the sound that other rungs share when the source does not stay", async () => {
  const { source } = plan;
  if (source === null) throw new Error("the clip can be packaged");
  const parts: RenditionPart[] = [];
  await (await packageAll({ plan: { ...plan, source: { ...source, keep: false } }, parts })).done;
  expect([...new Set(parts.map(({ rendition }) => rendition))]).toEqual(["audio-0"]);
});
