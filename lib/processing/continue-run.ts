import type { Tx } from "#lib/db/client.ts";
import { takeWaitingJob } from "#lib/db/queries/runs/jobs.ts";
import { listSteps, requeueEndedSteps } from "#lib/db/queries/runs/run-steps.ts";
import {
  lockLiveVideo,
  lockNewestRun,
  markVideoProcessing,
  type RunRow,
  reopenRun,
} from "#lib/db/queries/runs/runs.ts";
import { failureCodes, isFailureCode } from "#lib/media/failures.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import { enqueueDueSteps } from "#lib/processing/due-steps.ts";
import { knownPlan } from "#lib/processing/known-plan.ts";
import { runRemovalKey } from "#lib/processing/remove-run-files.ts";

/** What a run would be started with now. */
type Wanted = { sourceKey: string; wishes: unknown };

const isRetryable = (code: string | null) => code === null || (isFailureCode(code) && failureCodes[code].retryable);

/** jsonb keeps no order of its own: equal values come back with equal text. */
const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** A run that ended for a reason outside of its file, with a plan that this version carries out and that still holds. */
const isWorthContinuing = (run: RunRow, wanted: Wanted): boolean =>
  (run.state === "failed" || run.state === "cancelled") &&
  isRetryable(run.failureCode) &&
  knownPlan(run.plan) !== null &&
  run.sourceKey === wanted.sourceKey &&
  isSame(run.wishes, wanted.wishes);

/**
 * Whether the last step refused what the others made. It is handed out anew after a fault of the machine until its
 * attempts are used up; when it failed before that, the same parts would make it fail at every retry.
 */
const isRefusedByFinish = async (tx: Tx, runId: string): Promise<boolean> =>
  (await listSteps(tx, runId)).some(
    ({ kind, state, attempts, maxAttempts }) => kind === "finish" && state === "failed" && attempts < maxAttempts,
  );

/**
 * Sets the video's last run going again from what it made: failed and cancelled steps are queued anew, done ones and
 * their files stay. Null when there is nothing to go on from: the run published, its files have gone or are going, the
 * file was at fault, what was made does not fit together, or something else is wished for by now. Then a new run is the way.
 */
export const continueRun = async (
  tx: Tx,
  { videoId, sourceKey }: { videoId: string; sourceKey: string },
): Promise<{ runId: string } | null> => {
  const video = await lockLiveVideo(tx, videoId);
  const run = await lockNewestRun(tx, videoId);
  if (video === null || run === null || !isWorthContinuing(run, { sourceKey, wishes: video.wishes })) return null;
  if (await isRefusedByFinish(tx, run.id)) return null;
  // Whoever has begun to remove its files will end it.
  if (!(await takeWaitingJob(tx, runRemovalKey(run.id)))) return null;
  if (!(await reopenRun(tx, run.id))) return null;
  await requeueEndedSteps(tx, run.id);
  await enqueueDueSteps(tx, { run, which: "all" });
  await markVideoProcessing(tx, videoId);
  await publishVideoEvent(tx, { videoId, event: "progress" });
  return { runId: run.id };
};
