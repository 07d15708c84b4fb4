import { mkdir, rm } from "node:fs/promises";
import { newId } from "#lib/ids.ts";
import { log } from "#lib/log.ts";
import { MediaFailure } from "#lib/media/failures.ts";
import { wishesSchema } from "#lib/media/plan/wishes.ts";
import { metrics } from "#lib/metrics.ts";
import { type Claim, claimStep } from "#lib/processing/claim-step.ts";
import { completeStep } from "#lib/processing/complete-step.ts";
import { failStep, processingFailed, releaseStep, retryStep } from "#lib/processing/fail-step.ts";
import { knownPlan } from "#lib/processing/known-plan.ts";
import { publishedParts, publishStretch } from "#lib/processing/publish-stretch.ts";
import { roomForStep, waitForSpace } from "#lib/processing/wait-for-space.ts";
import type { ObjectStore } from "#lib/storage/object-store.ts";
import type { StepContext, StepHandler, StepKind, StepOutcome } from "#worker/steps/step.ts";
import { errorNote } from "#worker/supervision/error-note.ts";
import { readStored } from "#worker/supervision/read-stored.ts";
import { AttemptLostError, type AttemptWatch, watchAttempt } from "#worker/supervision/watch-attempt.ts";
import type { Room, RoomNeed, Workspace } from "#worker/supervision/workspace.ts";

/** What carries out steps: this worker, its handlers, and what they work with. */
export type StepMachine = {
  workerId: string;
  handlers: Record<StepKind, StepHandler>;
  store: ObjectStore;
  workspace: Workspace;
  ffmpeg: StepContext["ffmpeg"];
  ffprobe: StepContext["ffprobe"];
  /** Least time between two progress writes. */
  progressMs: number;
};

type Attempt = { machine: StepMachine; claim: Claim; watch: AttemptWatch; signal: AbortSignal; room: Room };

const runHandler = async (attempt: Attempt): Promise<StepOutcome> => {
  const { room, signal } = attempt;
  await mkdir(room.scratchDir, { recursive: true });
  return callHandler(attempt, await room.sourcePath(signal));
};

const callHandler = ({ machine, claim, watch, signal, room }: Attempt, sourcePath: string): Promise<StepOutcome> => {
  const { store, ffmpeg, ffprobe } = machine;
  const { run, step, title, results } = claim;
  return machine.handlers[step.kind]({
    run: { id: run.id, videoId: run.videoId, plan: knownPlan(run.plan) },
    step: { id: step.id, kind: step.kind, ordinal: step.ordinal },
    title,
    sourcePath,
    scratchDir: room.scratchDir,
    results,
    ffmpeg,
    ffprobe,
    report: watch.report,
    publish: async ({ part, files }) => {
      if (!(await publishStretch({ claim, part, files, store, signal }))) throw new AttemptLostError();
    },
    published: (rendition) => publishedParts({ runId: run.id, rendition }),
    readStored: (input) => readStored({ store, signal, ...input }),
    wishes: wishesSchema.parse(run.wishes),
    signal,
  });
};

/** Ends an attempt whose handler or publication threw. Throws when the queue shall try the job again. */
const settleFault = async (attempt: Attempt, error: unknown): Promise<string> => {
  const { claim, watch, signal } = attempt;
  if (watch.lost.aborted) return "lost";
  if (signal.aborted) {
    await releaseStep(claim);
    return "released";
  }
  if (error instanceof MediaFailure) {
    const { code, detail } = error;
    const ref = { runId: claim.run.id, stepId: claim.step.id, attemptId: claim.attemptId };
    log().info({ "event.action": "step.refused", ...ref, code }, "the file cannot be processed");
    return (await failStep({ ...ref, code, detail })) ? "refused" : "lost";
  }
  return settleMachineFault(claim, error);
};

/** Counts an attempt that the machine failed. Throws when the queue shall try the job again. */
const settleMachineFault = async (claim: Claim, error: unknown): Promise<string> => {
  const note = errorNote(error);
  const fate = await retryStep({ claim, detail: `${note.type}: ${note.message}\n${note.stack}` });
  // The queue's side logs what is thrown.
  if (fate === "again") throw error;
  log().error(
    { "event.action": "step.failed", fate, attempts: claim.step.attempts, error: note },
    "a step failed for good",
  );
  return fate;
};

const performClaim = async (attempt: Attempt): Promise<string> => {
  const { machine, claim, watch, signal, room } = attempt;
  try {
    const outcome = await runHandler(attempt);
    signal.throwIfAborted();
    watch.seal();
    // From here on a stopping worker lets it end: putting files in place is short, and done twice if given back.
    return (await completeStep({ claim, outcome, store: machine.store, signal: watch.lost })) ? "done" : "lost";
  } catch (error) {
    return await settleFault(attempt, error);
  } finally {
    await watch.end();
    await rm(room.scratchDir, { recursive: true, force: true });
  }
};

const perform = async (input: { machine: StepMachine; claim: Claim; room: Room; signal: AbortSignal }) => {
  const { machine, claim, room } = input;
  const watch = watchAttempt({ claim, intervalMs: machine.progressMs });
  const begun = performance.now();
  const signal = AbortSignal.any([input.signal, watch.lost]);
  const outcome = await performClaim({ machine, claim, watch, signal, room });
  const seconds = (performance.now() - begun) / 1000;
  metrics().steps.inc({ kind: claim.step.kind, outcome });
  if (outcome === "done") metrics().stepSeconds.observe({ kind: claim.step.kind }, seconds);
  const facts = { runId: claim.run.id, kind: claim.step.kind, outcome, attempt: claim.step.attempts, seconds };
  log().info({ "event.action": "step.ended", ...facts }, "step ended");
};

/**
 * Carries out one attempt at a step: room on the scratch disk, claim, handler in a scratch folder of its own, result. Ends
 * quietly when there is no room yet (the step comes again), when the step is not to be had (it has ended, another attempt
 * holds it) or was taken away meanwhile; a fault of the file is recorded and ends the job too. Throws for a fault of the
 * machine that the queue shall try again. When `signal` aborts, the step is given back to the queue at once and uncounted.
 */
export const performStep = async (input: {
  machine: StepMachine;
  stepId: string;
  signal: AbortSignal;
}): Promise<void> => {
  const { machine, stepId, signal } = input;
  const { workspace, workerId } = machine;
  signal.throwIfAborted();
  const attemptId = newId();
  const need = await roomForStep(stepId);
  if (need === null) return settleUnready(await claimStep({ stepId, workerId, attemptId }), stepId);
  const entered = await enter(workspace, { ...need, folder: attemptId });
  if ("fault" in entered) {
    const claimed = await claimStep({ stepId, workerId, attemptId });
    if ("refused" in claimed) await settleRefusal(claimed, stepId);
    else await settleMachineFault(claimed.claim, entered.fault);
    return;
  }
  const { room } = entered;
  if (room === null) return waitForSpace({ stepId, retryMs: workspace.retryMs });
  try {
    const claimed = await claimStep({ stepId, workerId, attemptId });
    if ("refused" in claimed) await settleRefusal(claimed, stepId);
    else await perform({ machine, claim: claimed.claim, room, signal });
  } finally {
    await room.leave();
  }
};

/** A disk or a storage that cannot be asked is a fault like one of the attempt itself: it counts, else it would be tried for ever. */
const enter = async (workspace: Workspace, need: RoomNeed): Promise<{ room: Room | null } | { fault: unknown }> => {
  try {
    return { room: await workspace.enter(need) };
  } catch (fault) {
    return { fault };
  }
};

/** A step that was not queued when it was looked at: it gets no room, so what was claimed after all goes back. */
const settleUnready = async (claimed: Awaited<ReturnType<typeof claimStep>>, stepId: string): Promise<void> => {
  if ("refused" in claimed) await settleRefusal(claimed, stepId);
  else await releaseStep(claimed.claim);
};

const settleRefusal = async (refusal: { refused: string; runId: string | null }, stepId: string): Promise<void> => {
  if (refusal.refused === "exhausted" && refusal.runId !== null) {
    await failStep({
      runId: refusal.runId,
      stepId,
      code: processingFailed,
      detail: "its worker ended at every attempt",
    });
  }
  log().info({ "event.action": "step.not_taken", stepId, why: refusal.refused }, "a step was not to be had");
};
