import type { DbOrTx } from "#lib/db/client.ts";
import {
  lastCountedPlace,
  listQueuePlaces,
  listRunningSteps,
  type StepProgress,
} from "#lib/db/queries/runs/run-progress.ts";
import { doneWeight, remainingSeconds } from "#lib/processing/remaining-time.ts";
import { stepLines } from "#lib/processing/step-lines.ts";
import type { VideoDto } from "#lib/videos/dto.ts";

/** Where a run stands, as `VideoDto.progress` tells it. */
export type RunProgress = NonNullable<VideoDto["progress"]>;

const isActive = (step: StepProgress) => step.state === "running" || step.state === "publishing";
const isEnded = (step: StepProgress) => step.state === "done" || step.state === "failed" || step.state === "cancelled";

const encoding: ReadonlySet<string> = new Set(["preview", "encode", "audio"]);

const stageOf = (steps: readonly StepProgress[]): RunProgress["stage"] => {
  const active = steps.filter(isActive);
  if (active.some((step) => step.kind === "probe")) return "probing";
  if (active.some((step) => encoding.has(step.kind))) return "encoding";
  if (active.some((step) => step.kind === "package")) return "packaging";
  const rest = steps.filter((step) => step.kind !== "finish");
  // Between the last step's end and the finish's start nothing is active, but nobody waits in a queue either.
  if (steps.some((step) => step.kind === "finish") && rest.every(isEnded)) return "finishing";
  return active.length > 0 ? "encoding" : "waiting";
};

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const speedOf = (steps: readonly StepProgress[]): number | null => {
  const speeds = steps.filter((step) => step.state === "running" && step.speed !== null).map((step) => step.speed ?? 0);
  return speeds.length > 0 ? Math.round(Math.max(...speeds) * 100) / 100 : null;
};

/** Progress of one run from its steps. Pure; the place in the queue comes from outside. */
export const progressOfSteps = (steps: readonly StepProgress[], place: number | null): RunProgress => {
  const total = sum(steps.map((step) => step.weight));
  const probing = steps.every((step) => step.kind === "probe");
  const stage = stageOf(steps);
  const fraction = total > 0 ? doneWeight(steps) / total : 0;
  return {
    stage,
    // Before the plan the probe is all there is, and says nothing about the whole.
    percent: probing ? 0 : Math.round(Math.min(0.99, fraction) * 1000) / 10,
    // The probe's pace says nothing about what comes after it.
    etaSeconds: remainingSeconds(steps.filter((step) => step.kind !== "probe")),
    speed: speedOf(steps),
    queuePosition: stage === "waiting" ? (place ?? lastCountedPlace) : null,
    steps: stepLines(steps),
  };
};

/**
 * Progress of those of the videos that have a running run, in two queries whatever their number; one when none waits.
 * Videos without a running run are absent from the map.
 */
export const progressOfVideos = async (
  dbOrTx: DbOrTx,
  videoIds: readonly string[],
): Promise<Map<string, RunProgress>> => {
  if (videoIds.length === 0) return new Map();
  const byVideo = Map.groupBy(await listRunningSteps(dbOrTx, videoIds), (step) => step.videoId);
  const waiting = [...byVideo.values()]
    .filter((steps) => stageOf(steps) === "waiting")
    .flatMap((steps) => steps[0]?.runId ?? []);
  const places = await listQueuePlaces(dbOrTx, waiting);
  return new Map(
    [...byVideo].map(([videoId, steps]) => [
      videoId,
      progressOfSteps(steps, places.get(steps[0]?.runId ?? "") ?? null),
    ]),
  );
};
