import type { PictureOverlay } from "#lib/media/encode/encode-command.ts";
import type { Rung } from "#lib/media/plan/ladder.ts";
import type { Plan } from "#lib/media/plan/plan.ts";
import { toText } from "#lib/media/rational.ts";
import { markBranches, overlayFilter } from "#lib/media/watermark/watermark-filter.ts";

/**
 * What lays a plan's watermark over the given rungs; null when it has none. `imagePath` is the stored PNG, which one of our
 * own drawings made.
 */
export const watermarkOverlay = (input: {
  plan: Pick<Plan, "watermark" | "picture" | "grid">;
  rungs: readonly Rung[];
  imagePath: string;
}): PictureOverlay | null => {
  const { plan, rungs, imagePath } = input;
  const { watermark: mark, picture, grid } = plan;
  if (mark === null) return null;
  const matrix = picture.origin === "stream" ? picture.matrix : "bt709";
  return {
    // At the picture's own rate: of two clocks the overlay would make a finer one that neither keeps.
    input: { kind: "image", format: "png", path: imagePath, options: ["-framerate", toText(grid.frameRate)] },
    branches: markBranches({ mark, pictures: rungs, matrix, source: "[1:v]" }),
    filterOf: (rung) => overlayFilter({ mark, picture: rung }),
  };
};
