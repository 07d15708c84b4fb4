import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { newId } from "#lib/ids.ts";
import type { Plan } from "#lib/media/plan.ts";
import type { FinishResult, ProbeResult } from "#lib/media/rendition-parts.ts";
import { runPrefix } from "#lib/storage/keys.ts";
import { createFfmpegRunner } from "#worker/ffmpeg.ts";
import { stepHandlers } from "#worker/steps/index.ts";
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
};

type Scene = Required<Options> & { run: StepContext["run"]; reports: ProcessedFile["reports"] };

const runStep = async (scene: Scene, step: { kind: StepKind; ordinal: number }, results: StepContext["results"]) => {
  const scratchDir = await mkdtemp(join(scene.outDir, "scratch-"));
  const outcome: StepOutcome = await stepHandlers[step.kind]({
    ...{
      run: scene.run,
      step: { id: newId(), ...step },
      title: "A clip",
      sourcePath: scene.sourcePath,
      scratchDir,
      results,
    },
    ...{ ffmpeg: scene.runner.ffmpeg, ffprobe: scene.runner.ffprobe, signal: scene.signal },
    report: ({ fraction }) => scene.reports.push({ kind: step.kind, fraction }),
  });
  for (const { path, key } of outcome.files) {
    const target = join(scene.outDir, "store", key);
    await mkdir(dirname(target), { recursive: true });
    await rename(path, target);
  }
  await rm(scratchDir, { recursive: true });
  // Results travel through the database as JSON.
  const result: unknown = JSON.parse(JSON.stringify(outcome.result));
  return { ...step, result };
};

/** Runs every step of a file in `outDir`, one after the other, as the worker would. Throws what a step throws. */
export const processFile = async (options: Options): Promise<ProcessedFile> => {
  const { outDir, runner = createFfmpegRunner(), signal = new AbortController().signal } = options;
  const run = { id: newId(), videoId: newId(), plan: null };
  const reports: ProcessedFile["reports"] = [];
  const scene: Scene = {
    sourcePath: resolve(options.sourcePath),
    outDir: resolve(outDir),
    runner,
    signal,
    run,
    reports,
  };
  const probed = await runStep(scene, { kind: "probe", ordinal: 0 }, []);
  const { plan } = probed.result as ProbeResult;
  const results: StepContext["results"][number][] = [];
  for (const { kind, ordinal } of plan.steps) {
    results.push(await runStep({ ...scene, run: { ...run, plan } }, { kind, ordinal }, results));
  }
  const finish = results.at(-1)?.result as FinishResult;
  const runDir = join(scene.outDir, "store", runPrefix({ videoId: run.videoId, runId: run.id }));
  return { plan, finish, runDir, reports };
};
