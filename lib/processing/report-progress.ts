import { db, transaction } from "#lib/db/client.ts";
import { isOwnAttempt, writeStepProgress } from "#lib/db/queries/runs/run-steps.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import type { Claim } from "#lib/processing/claim-step.ts";

/** How far an attempt is: `fraction` from 0 to 1, `speed` in media seconds per second. */
export type AttemptProgress = { fraction: number; speed: number | null };

const attemptOf = (claim: Claim) => ({ stepId: claim.step.id, attemptId: claim.attemptId });

/** Writes an attempt's progress and tells listeners. False when the attempt was replaced or cancelled: stop working. */
export const reportProgress = ({ claim, progress }: { claim: Claim; progress: AttemptProgress }): Promise<boolean> =>
  transaction(async (tx) => {
    const fraction = Math.min(1, Math.max(0, progress.fraction));
    const own = await writeStepProgress(tx, { ...attemptOf(claim), fraction, speed: progress.speed });
    if (own) await publishVideoEvent(tx, { videoId: claim.run.videoId, event: "progress" });
    return own;
  });

/** Whether the attempt is still the one that may report. */
export const isStillClaimed = (claim: Claim): Promise<boolean> => isOwnAttempt(db(), attemptOf(claim));
