import type { StepProgress } from "#lib/db/queries/runs/run-progress.ts";
import { stepKinds } from "#lib/db/queries/runs/run-steps.ts";
import type { VideoDto } from "#lib/videos/dto.ts";

/** All steps of one kind in one line, as `VideoDto.progress.steps` tells it. */
export type StepLine = NonNullable<VideoDto["progress"]>["steps"][number];

type Step = Pick<StepProgress, "kind" | "state" | "progress" | "speed" | "weight" | "errorCode">;

const isEnded = ({ state }: Step) => state === "done" || state === "failed" || state === "cancelled";
const isActive = ({ state }: Step) => state === "running" || state === "publishing";
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const stateOf = (steps: readonly Step[]): StepLine["state"] => {
  if (steps.some(isActive)) return "running";
  if (steps.every(isEnded)) return steps.some(({ state }) => state === "failed") ? "failed" : "done";
  // Between two chunks nothing runs for a moment, but the work has begun.
  return steps.some(isEnded) ? "running" : "waiting";
};

const percentOf = (steps: readonly Step[]) => {
  // Weights of nothing count alike.
  const total = sum(steps.map(({ weight }) => weight));
  const share = (step: Step) => (isEnded(step) ? 1 : isActive(step) ? Math.min(1, Math.max(0, step.progress)) : 0);
  const done = sum(steps.map((step) => share(step) * (total > 0 ? step.weight : 1)));
  return Math.round((done / (total > 0 ? total : steps.length)) * 1000) / 10;
};

/** The steps of a run gathered by kind: a long film has hundreds of chunks, and nobody reads hundreds of lines. Pure. */
export const stepLines = (steps: readonly Step[]): StepLine[] => {
  const byKind = Map.groupBy(steps, ({ kind }) => kind);
  return stepKinds.flatMap((kind) => {
    const ofKind = byKind.get(kind) ?? [];
    if (ofKind.length === 0) return [];
    const speeds = ofKind.flatMap((step) => (isActive(step) && step.speed !== null ? [step.speed] : []));
    return [
      {
        kind,
        state: stateOf(ofKind),
        percent: percentOf(ofKind),
        speed: speeds.length === 0 ? null : Math.round(sum(speeds) * 100) / 100,
        count: ofKind.length,
        ended: ofKind.filter(isEnded).length,
        errorCode: ofKind.find((step) => step.errorCode !== null)?.errorCode ?? null,
      },
    ];
  });
};
