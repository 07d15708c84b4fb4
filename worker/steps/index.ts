import { audioStep } from "./audio.ts";
import { copyStep } from "./copy.ts";
import { encodeStep } from "./encode.ts";
import { finishStep } from "./finish.ts";
import { packageStep } from "./package.ts";
import { posterStep } from "./poster.ts";
import { previewStep } from "./preview.ts";
import { probeStep } from "./probe.ts";
import type { StepHandler, StepKind } from "./step.ts";
import { stillsStep } from "./stills.ts";
import { textStep } from "./text.ts";

/** Every kind of work that a plan can name. */
export const stepHandlers: Record<StepKind, StepHandler> = {
  probe: probeStep,
  copy: copyStep,
  preview: previewStep,
  encode: encodeStep,
  audio: audioStep,
  package: packageStep,
  poster: posterStep,
  stills: stillsStep,
  text: textStep,
  finish: finishStep,
};
