import { defaultPlanSettings, type PlanSettings } from "#lib/media/plan/plan.ts";

/** Segments of a second or two and chunks of a few, so that a short clip has many joints; the source is not kept. */
export const manyJoints: PlanSettings = {
  ...{ ...defaultPlanSettings, targetSegmentSeconds: 1, encodeChunkSeconds: 2, previewChunkSeconds: [1, 2] },
  keepSource: false,
};

/** The same in one piece, to hold the joints against. */
export const onePiece: PlanSettings = { ...manyJoints, encodeChunkSeconds: 1e6, previewChunkSeconds: [1e6] };
