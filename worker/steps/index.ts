import { audioStep } from "./audio.ts";
import { encodeStep } from "./encode.ts";
import { finishStep } from "./finish.ts";
import { posterStep } from "./poster.ts";
import { probeStep } from "./probe.ts";
import type { StepHandler, StepKind } from "./step.ts";

/** Every kind of work that a plan can name. */
export const stepHandlers: Record<StepKind, StepHandler> = {
  probe: probeStep,
  encode: encodeStep,
  audio: audioStep,
  poster: posterStep,
  finish: finishStep,
};
