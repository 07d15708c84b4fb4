import { posterCommand } from "#lib/media/encode-command.ts";
import type { Plan } from "#lib/media/plan.ts";
import type { PosterResult } from "#lib/media/rendition-parts.ts";
import { posterKey } from "#lib/storage/keys.ts";
import { requirePlan } from "./require-plan.ts";
import type { StepContext, StepHandler } from "./step.ts";
import { readStill, type StillPicture, stillNames } from "./still-picture.ts";

type PosterPlan = NonNullable<Plan["poster"]>;

const take = async (context: StepContext, plan: Plan, poster: PosterPlan): Promise<StillPicture | null> => {
  const { sourcePath, scratchDir, signal } = context;
  if (plan.picture.origin !== "stream") return null;
  await context.ffmpeg({
    command: posterCommand({ picture: plan.picture, poster, sourcePath, names: stillNames }),
    ...{ scratchDir, durationSeconds: poster.windowSeconds, signal },
  });
  return readStill(scratchDir);
};

/** Takes a poster; from the beginning when nothing lies where the plan looks, as in a file that was cut off. */
export const posterStep: StepHandler = async (context) => {
  const plan = requirePlan(context);
  if (plan.poster === null) return { result: { poster: null } satisfies PosterResult, files: [] };
  const still =
    (await take(context, plan, plan.poster)) ??
    (await take(context, plan, { ...plan.poster, atSeconds: 0, windowSeconds: 2, keyFramesOnly: false }));
  const run = { videoId: context.run.videoId, runId: context.run.id };
  const result: PosterResult = {
    poster: still === null ? null : { sizeBytes: still.sizeBytes, dominantColor: still.dominantColor },
  };
  return { result, files: still === null ? [] : [{ path: still.path, key: posterKey(run) }] };
};
