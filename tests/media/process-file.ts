import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { newId } from "#lib/ids.ts";
import { readsCopy } from "#lib/media/plan/chunk-source.ts";
import { defaultPlanSettings, type Plan, type PlanSettings } from "#lib/media/plan/plan.ts";
import { noWishes, type Wishes } from "#lib/media/plan/wishes.ts";
import {
  type FinishResult,
  type ProbeResult,
  partsResultSchema,
  type RenditionPart,
} from "#lib/media/playlists/rendition-parts.ts";
import { pictureCopyKey, runPrefix } from "#lib/storage/keys.ts";
import { createFfmpegRunner } from "#worker/ffmpeg.ts";
import { stepHandlers } from "#worker/steps/index.ts";
import { probeWith } from "#worker/steps/probe.ts";
import type { StepContext, StepKind, StepOutcome } from "#worker/steps/step.ts";

/** What came out of processing one file without a database. */
export type ProcessedFile = {
  plan: Plan;
  finish: FinishResult;
  /** Folder of the run: `index.m3u8` and one folder per rendition. */
  runDir: string;
  /** Fractions that each step reported. */
  reports: { kind: StepKind; fraction: number }[];
};

type Options = {
  sourcePath: string;
  outDir: string;
  runner?: ReturnType<typeof createFfmpegRunner>;
  signal?: AbortSignal;
  wishes?: Wishes;
  /** Chunk lengths and the like, other than Kinora's own. */
  settings?: PlanSettings;
  /** Leaves out what is not required: stills, posters, texts. */
  requiredOnly?: boolean;
};

type Scene = Required<Omit<Options, "settings" | "requiredOnly">> & {
  handlers: typeof stepHandlers;
  run: StepContext["run"];
  reports: ProcessedFile["reports"];
  parts: RenditionPart[];
};

const store = async (scene: Scene, { path, key }: { path: string; key: string }) => {
  const target = join(scene.outDir, "store", key);
  await mkdir(dirname(target), { recursive: true });
  await rename(path, target);
};

const runStep = async (scene: Scene, step: { kind: StepKind; ordinal: number }, results: StepContext["results"]) => {
  const scratchDir = await mkdtemp(join(scene.outDir, "scratch-"));
  const outcome: StepOutcome = await scene.handlers[step.kind]({
    ...{
      run: scene.run,
      step: { id: newId(), ...step },
      title: "A clip",
      sourcePath: readsCopy({ plan: scene.run.plan, step, results })
        ? join(scene.outDir, "store", pictureCopyKey({ videoId: scene.run.videoId, runId: scene.run.id }))
        : scene.sourcePath,
      scratchDir,
      results,
    },
    ...{ ffmpeg: scene.runner.ffmpeg, ffprobe: scene.runner.ffprobe, signal: scene.signal },
    publish: async ({ part, files }) => {
      for (const file of files) await store(scene, file);
      scene.parts.push(part);
    },
    published: async (rendition) => scene.parts.filter((part) => part.rendition === rendition),
    readStored: async ({ key, endExclusive }) =>
      (await readFile(join(scene.outDir, "store", key))).subarray(0, endExclusive),
    wishes: scene.wishes,
    report: ({ fraction }) => scene.reports.push({ kind: step.kind, fraction }),
  });
  for (const file of outcome.files) await store(scene, file);
  const parts = partsResultSchema.safeParse(outcome.result);
  if (parts.success) scene.parts.push(...parts.data.parts);
  await rm(scratchDir, { recursive: true });
  // Results travel through the database as JSON.
  const result: unknown = JSON.parse(JSON.stringify(outcome.result));
  return { ...step, result };
};

/** Runs every step of a file in `outDir`, one after the other, as the worker would. Throws what a step throws. */
export const processFile = async (options: Options): Promise<ProcessedFile> => {
  const { outDir, runner = createFfmpegRunner(), signal = new AbortController().signal, wishes = noWishes } = options;
  const run = { id: newId(), videoId: newId(), plan: null };
  const reports: ProcessedFile["reports"] = [];
  const { settings = defaultPlanSettings } = options;
  const scene: Scene = {
    handlers: { ...stepHandlers, probe: probeWith(settings) },
    sourcePath: resolve(options.sourcePath),
    outDir: resolve(outDir),
    runner,
    signal,
    wishes,
    run,
    reports,
    parts: [],
  };
  const probed = await runStep(scene, { kind: "probe", ordinal: 0 }, []);
  const { plan } = probed.result as ProbeResult;
  const results: StepContext["results"][number][] = [];
  for (const { kind, ordinal, required } of plan.steps) {
    if (options.requiredOnly === true && !required) continue;
    results.push(await runStep({ ...scene, run: { ...run, plan } }, { kind, ordinal }, results));
  }
  const finish = results.at(-1)?.result as FinishResult;
  const runDir = join(scene.outDir, "store", runPrefix({ videoId: run.videoId, runId: run.id }));
  return { plan, finish, runDir, reports };
};
