import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { newId } from "#lib/ids.ts";
import type { Plan } from "#lib/media/plan/plan.ts";
import { noWishes } from "#lib/media/plan/wishes.ts";
import type { RenditionPart } from "#lib/media/playlists/rendition-parts.ts";
import { createFfmpegRunner } from "#worker/ffmpeg.ts";
import type { StepContext, StepHandler, StepKind, StepOutcome } from "#worker/steps/step.ts";

/** Runs one step's handler in a scratch folder under `folder`, where the objects of its run lie too, with the real ffmpeg and without a database. */
export const runOneStep = async (input: {
  handler: StepHandler;
  kind: StepKind;
  plan: Plan;
  sourcePath: string;
  folder: string;
  run?: { id: string; videoId: string };
  parts?: readonly RenditionPart[];
}): Promise<{ outcome: StepOutcome; scratchDir: string }> => {
  const { handler, kind, plan, sourcePath, folder, run = { id: newId(), videoId: newId() }, parts = [] } = input;
  const scratchDir = join(folder, `scratch-${newId()}`);
  await mkdir(scratchDir, { recursive: true });
  const runner = createFfmpegRunner();
  const context: StepContext = {
    run: { ...run, plan },
    step: { id: newId(), kind, ordinal: 0 },
    ...{ title: "A clip", sourcePath, scratchDir, results: [], ffmpeg: runner.ffmpeg, ffprobe: runner.ffprobe },
    report: () => undefined,
    publish: () => Promise.reject(new Error("this step publishes nothing")),
    published: async (rendition) => parts.filter((part) => part.rendition === rendition),
    readStored: async ({ key, endExclusive }) => (await readFile(join(folder, key))).subarray(0, endExclusive),
    wishes: noWishes,
    signal: new AbortController().signal,
  };
  return { outcome: await handler(context), scratchDir };
};
