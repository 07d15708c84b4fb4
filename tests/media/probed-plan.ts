import { makePlan } from "#lib/media/plan/make-plan.ts";
import { defaultPlanSettings, type Plan } from "#lib/media/plan/plan.ts";
import { noWishes } from "#lib/media/plan/wishes.ts";
import { parseProbe } from "#lib/media/probe/probe.ts";
import { createFfmpegRunner } from "#worker/ffmpeg.ts";

/** The plan of a file as its probe makes it, with nothing wished for and without a source rung. */
export const makeProbedPlan = async (sourcePath: string): Promise<Plan> => {
  const { json } = await createFfmpegRunner().ffprobe({ path: sourcePath, signal: new AbortController().signal });
  return makePlan({ probe: parseProbe(json), settings: defaultPlanSettings, wishes: noWishes, source: null });
};
