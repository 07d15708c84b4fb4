import { applyTexts } from "#lib/captions/apply-texts.ts";
import type { Tx } from "#lib/db/client.ts";
import { deleteChunks, insertChunks } from "#lib/db/queries/runs/chunks.ts";
import {
  deleteRenditions,
  flipToRun,
  hasPublishedRun,
  insertRenditions,
  setEarlyPoster,
  setPlannedFacts,
} from "#lib/db/queries/runs/publish-run.ts";
import { insertSteps, type NewStep, type StepKind } from "#lib/db/queries/runs/run-steps.ts";
import { endRun, getRun, type RunRow, storePlan, supersedeRuns } from "#lib/db/queries/runs/runs.ts";
import { insertAssets, settleRunAsset } from "#lib/db/queries/videos/assets.ts";
import { AppError } from "#lib/errors.ts";
import { queueAnnouncement } from "#lib/library/queue-announcement.ts";
import { wishesSchema } from "#lib/media/plan/wishes.ts";
import { partsResultSchema, posterResultSchema, widthsOf } from "#lib/media/playlists/rendition-parts.ts";
import { toNumber } from "#lib/media/rational.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import { recordVideoEvent } from "#lib/notifications/record-video-event.ts";
import { afterPublish } from "#lib/processing/after-publish.ts";
import { enqueueDueSteps } from "#lib/processing/due-steps.ts";
import { finishResultSchema, probeResultSchema } from "#lib/processing/finish-result.ts";
import { knownPlan } from "#lib/processing/known-plan.ts";
import { knownStepCosts, learnFromRun } from "#lib/processing/learn-costs.ts";
import { notePlayable, noteStretches, recordPlayable, sourceRows } from "#lib/processing/note-stretches.ts";
import { chunkRowOf } from "#lib/processing/publish-stretch.ts";
import { enqueueCopyRemoval } from "#lib/processing/remove-picture-copy.ts";
import { enqueueRunRemoval } from "#lib/processing/remove-run-files.ts";
import { enqueueSourceRemoval } from "#lib/processing/remove-source-segments.ts";
import { costOf } from "#lib/processing/step-costs.ts";
import { stepMaxAttempts } from "#lib/processing/step-jobs.ts";
import { posterKey, runPrefix } from "#lib/storage/keys.ts";
import { enqueueRunMeasure } from "#lib/usage/measure-run.ts";

const finishWeight = 0.02;

const applyPlan = async (tx: Tx, run: RunRow, result: unknown): Promise<void> => {
  const { plan } = probeResultSchema.parse(result);
  await storePlan(tx, { runId: run.id, plan });
  const costs = await knownStepCosts(tx);
  const planned: NewStep[] = plan.steps.map((step) => ({
    ...step,
    weight: costOf(costs, step),
    maxAttempts: stepMaxAttempts,
  }));
  const finish: NewStep = {
    kind: "finish",
    ordinal: 0,
    required: true,
    weight: finishWeight,
    maxAttempts: stepMaxAttempts,
  };
  const steps = planned.some((step) => step.kind === "finish") ? planned : [...planned, finish];
  await insertSteps(tx, { runId: run.id, steps });
  await enqueueDueSteps(tx, { run: { ...run, plan }, which: "all" });
  await publishVideoEvent(tx, { videoId: run.videoId, event: "progress" });
  await applyKnownPlan(tx, { ...run, plan });
};

/** What can be told and watched from the plan alone. */
const applyKnownPlan = async (tx: Tx, run: RunRow): Promise<void> => {
  const plan = knownPlan(run.plan);
  if (plan === null) return;
  const { width, height } = plan.picture;
  const frameRate = String(toNumber(plan.grid.frameRate));
  await setPlannedFacts(tx, {
    videoId: run.videoId,
    facts: { durationMs: plan.durationMs, width, height, frameRate },
  });
  await insertRenditions(tx, { runId: run.id, rows: sourceRows(plan), known: "keep" });
  await notePlayable(tx, run);
};

const imageOf = (wishes: unknown) => wishesSchema.parse(wishes ?? {}).watermark?.imageKey ?? null;

/** What lacks the mark that the video has been given since shall not be watched for long. */
const whyReplaced = async (tx: Tx, { run, replacedId }: { run: RunRow; replacedId: string }) => {
  const marked = imageOf(run.wishes);
  const replaced = await getRun(tx, replacedId);
  return marked !== null && imageOf(replaced?.wishes) !== marked ? "unmarked" : "superseded";
};

const publishRun = async (tx: Tx, run: RunRow, result: unknown): Promise<void> => {
  const { renditions, assets, ...facts } = finishResultSchema.parse(result);
  await insertRenditions(tx, { runId: run.id, rows: renditions, known: "replace" });
  await deleteRenditions(tx, { runId: run.id, except: renditions.map(({ name }) => name) });
  await insertAssets(
    tx,
    assets.map((asset) => ({ ...asset, videoId: run.videoId, runId: run.id })),
  );
  await settleRunAsset(tx, { runId: run.id, prefix: runPrefix({ videoId: run.videoId, runId: run.id }) });
  const flipped = await flipToRun(tx, { videoId: run.videoId, runId: run.id, facts });
  // Deleted at this very moment: the whole transaction goes, and the deletion cancels the run.
  if (flipped === false) throw new AppError("conflict", { context: { runId: run.id, reason: "video deleted" } });
  if (flipped.published) await queueAnnouncement(tx, { videoId: run.videoId, afterUserId: null });
  await endRun(tx, { runId: run.id, state: "published" });
  await deleteChunks(tx, run.id);
  await learnFromRun(tx, run);
  await enqueueRunMeasure(tx, run);
  await enqueueSourceRemoval(tx, run);
  await enqueueCopyRemoval(tx, run);
  await afterPublish(tx, run);
  for (const runId of await supersedeRuns(tx, { videoId: run.videoId, runId: run.id })) {
    const why = await whyReplaced(tx, { run, replacedId: runId });
    await enqueueRunRemoval(tx, { videoId: run.videoId, runId, why });
  }
  await publishVideoEvent(tx, { videoId: run.videoId, event: "playable" });
  await publishVideoEvent(tx, { videoId: run.videoId, event: "ready" });
  await recordPlayable(tx, run);
  await recordVideoEvent(tx, {
    ...{ type: "video.ready", videoId: run.videoId, dedupeKey: `video.ready:${run.id}` },
    data: { runId: run.id, reason: run.reason },
  });
};

/** Segments that came with a step's end join those that were published on the way. */
const listParts = async (tx: Tx, run: RunRow, result: unknown): Promise<void> => {
  const made = partsResultSchema.safeParse(result);
  if (!made.success) return;
  await insertChunks(tx, { runId: run.id, rows: made.data.parts.map(chunkRowOf) });
  await noteStretches(tx, { run, parts: made.data.parts });
};

/** A poster shows before the rest is done. */
const showPoster = async (tx: Tx, run: RunRow, result: unknown): Promise<void> => {
  const made = posterResultSchema.safeParse(result);
  if (!made.success || made.data.poster === null) return;
  const { poster } = made.data;
  await setEarlyPoster(tx, {
    videoId: run.videoId,
    posterKey: posterKey({ videoId: run.videoId, runId: run.id }),
    posterWidths: widthsOf(poster),
    dominantColor: poster.dominantColor,
  });
};

/** Captions and chapters show before the rest is done, unless another run's picture plays until then. */
const showTexts = async (tx: Tx, run: RunRow): Promise<void> => {
  if (!(await hasPublishedRun(tx, run.videoId))) await applyTexts(tx, run);
};

/**
 * Does what follows from a step's end, in the transaction that ends it, under the run's lock: a probe's plan becomes
 * steps and jobs, the last of them queues the finish, and the finish publishes the run. Throws `ZodError` when a result
 * has not the agreed shape.
 */
export const followUp = async (tx: Tx, input: { run: RunRow; kind: StepKind; result: unknown }): Promise<void> => {
  const { run, kind, result } = input;
  if (kind === "probe") return applyPlan(tx, run, result);
  if (kind === "finish") return publishRun(tx, run, result);
  await listParts(tx, run, result);
  if (kind === "poster" || kind === "encode") await showPoster(tx, run, result);
  if (kind === "text") await showTexts(tx, run);
  await enqueueDueSteps(tx, { run, which: "freed", ended: kind });
  await publishVideoEvent(tx, { videoId: run.videoId, event: "progress" });
};
