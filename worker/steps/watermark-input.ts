import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PictureOverlay } from "#lib/media/encode/encode-command.ts";
import type { Rung } from "#lib/media/plan/ladder.ts";
import type { Plan } from "#lib/media/plan/plan.ts";
import { watermarkOverlay } from "#lib/media/watermark/watermark-overlay.ts";
import type { StepContext } from "./step.ts";

type Input = { context: StepContext; plan: Plan; rungs: readonly Rung[] };

/**
 * The overlay that burns the plan's watermark into the given rungs, its image fetched into scratch; null without one.
 * Throws `not_found` when the image is gone.
 */
export const watermarkInput = async ({ context, plan, rungs }: Input): Promise<PictureOverlay | null> => {
  if (plan.watermark === null) return null;
  const imagePath = join(context.scratchDir, "watermark.png");
  await writeFile(imagePath, await context.readStored({ key: plan.watermark.imageKey }));
  return watermarkOverlay({ plan, rungs, imagePath });
};
