import { removalKey } from "#lib/accounts/leaving/leave.ts";
import { db, transaction } from "#lib/db/client.ts";
import { findLeaver, listVideosOfLeaver, markStaying } from "#lib/db/queries/accounts/leaving.ts";
import { lockUser } from "#lib/db/queries/accounts/users.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { removeJob } from "#lib/db/queries/runs/jobs.ts";
import { AppError } from "#lib/errors.ts";
import { findInterrupted, type InterruptedVideo, takeUpVideo } from "#lib/videos/delete-video.ts";

/** When the account that a session belongs to is removed; null for an account that stays, and for no such session. */
export const leavingOfSession = async (sessionId: string): Promise<{ removedAt: Date } | null> => {
  const found = await findLeaver(db(), sessionId);
  return found === null ? null : { removedAt: found.dueAt };
};

/**
 * Takes an account's deletion back, by a session that began after it was asked for: its channels and videos are there again,
 * and what was being processed goes on. What was deleted before stays deleted. Throws `unauthenticated` without such a
 * session.
 */
export const stay = ({ sessionId, address }: { sessionId: string | null; address: string }): Promise<void> =>
  transaction(async (tx) => {
    const found = sessionId === null ? null : await findLeaver(tx, sessionId);
    const user = found === null ? null : await lockUser(tx, found.userId);
    if (user === null || user.deletionRequestedAt === null) {
      throw new AppError("unauthenticated", { message: "Nothing is to be taken back here.", hint: "Sign in first." });
    }
    const interrupted: InterruptedVideo[] = [];
    for (const videoId of await listVideosOfLeaver(tx, user.id)) {
      const one = await findInterrupted(tx, videoId);
      if (one !== null) interrupted.push(one);
    }
    await markStaying(tx, user.id);
    await removeJob(tx, removalKey(user.id));
    for (const one of interrupted) await takeUpVideo(tx, one);
    await recordAudit(tx, {
      ...{ actorId: user.id, action: "account.stay", targetType: "user", targetId: user.id, address },
      details: {},
    });
  });
