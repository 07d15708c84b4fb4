import type { StepKind } from "#lib/db/queries/runs/run-steps.ts";
import { knownPlan } from "#lib/processing/known-plan.ts";

// What is nearly done goes first: a finish makes a video watchable, a probe tells its creator what is wrong with it.
const basePriority: Record<StepKind, number> = {
  finish: -200,
  probe: -190,
  text: -150,
  poster: -140,
  // Behind the first chunk and its sound, ahead of what waits for it.
  copy: -110,
  audio: -100,
  preview: -60,
  stills: -10,
  encode: 0,
  package: 40,
};

/** The first stretch of picture and the sound beside it are what a viewer waits for. */
const firstOf = { preview: -120, audio: -120, encode: -20 } as const;

/** Long runs wait a little behind short ones: 1 to 2 chunks, to 4, to 8 and so on; 30 steps are never reached. */
const lengthClass = (chunks: number): number => Math.min(30, Math.max(0, Math.ceil(Math.log2(Math.max(1, chunks)))));

/** What decides about a step's turn; `plan` as stored with its run, null before the probe has ended. */
export type StepTurn = { kind: StepKind; ordinal: number; plan: unknown };

/**
 * A step's place among the waiting jobs of its lane: lower goes first, equal ones in the order of their coming. The
 * first chunk of any video goes before later chunks of every other, and short videos before long ones.
 */
export const stepPriority = ({ kind, ordinal, plan }: StepTurn): number => {
  const known = knownPlan(plan);
  if (kind === "audio") {
    const track = known?.audio.find((candidate) => candidate.ordinal === ordinal);
    return track === undefined || track.isDefault ? firstOf.audio : basePriority.audio;
  }
  if (kind !== "preview" && kind !== "encode") return basePriority[kind];
  if (ordinal === 0) return firstOf[kind];
  return basePriority[kind] + lengthClass((kind === "preview" ? known?.previewChunks : known?.chunks)?.length ?? 1);
};
