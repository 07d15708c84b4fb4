import { type Proving, proveOwnership } from "#lib/accounts/external/prove-ownership.ts";
import type { LeavingDto, LeavingPreviewDto } from "#lib/accounts/leaving/dto.ts";
import { hasSecondFactor } from "#lib/accounts/second-factor/check-code.ts";
import { endAllSessions } from "#lib/accounts/sessions/end-sessions.ts";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { db, type Tx, transaction } from "#lib/db/client.ts";
import {
  listChannelsToLeave,
  listFellowMembers,
  listRunningVideosOf,
  listVideosOfLeaver,
  markLeaving,
} from "#lib/db/queries/accounts/leaving.ts";
import {
  findUser,
  listActiveAdmins,
  lockActiveAdmins,
  lockUser,
  type UserRow,
} from "#lib/db/queries/accounts/users.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { AppError } from "#lib/errors.ts";
import { defaultLocale, type Locale } from "#lib/i18n/locale.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import { queueMail } from "#lib/notifications/queue-mail.ts";
import { cancelRuns } from "#lib/processing/cancel-runs.ts";
import { instanceSettings } from "#lib/settings/instance-settings.ts";

/** Key of the job that removes an account for good. */
export const removalKey = (userId: string): string => `remove-account:${userId}`;

/** What deleting the caller's account takes along. Throws `unauthenticated`. */
export const previewLeaving = async (viewer: Viewer): Promise<LeavingPreviewDto> => {
  const user = viewer === null ? null : await findUser(db(), viewer.id);
  if (user === null) throw new AppError("unauthenticated");
  const admins = user.role === "admin" ? await listActiveAdmins(db()) : [];
  return {
    graceDays: (await instanceSettings()).accountGraceDays,
    isLastAdmin: admins.length === 1 && admins[0] === user.id,
    hasPassword: user.passwordHash !== null,
    hasSecondFactor: await hasSecondFactor(user.id),
    channels: await listChannelsToLeave(db(), user.id),
  };
};

const refuseLastAdmin = async (tx: Tx, user: UserRow): Promise<void> => {
  if (user.role !== "admin") return;
  const admins = await lockActiveAdmins(tx);
  if (admins.some((id) => id !== user.id)) return;
  throw new AppError("conflict", {
    message: "You are the last admin of this instance.",
    hint: "Make somebody else an admin first.",
  });
};

const tellEverybody = async (tx: Tx, { user, locale, dueAt }: { user: UserRow; locale: Locale; dueAt: Date }) => {
  const date = dueAt.toISOString().slice(0, 10);
  await queueMail(tx, {
    ...{ userId: user.id, toAddress: user.email, locale: user.locale ?? locale, kind: "account_leaving" },
    data: { name: user.displayName, date },
  });
  for (const fellow of await listFellowMembers(tx, user.id)) {
    await queueMail(tx, {
      ...{ userId: fellow.userId, toAddress: fellow.email, locale: fellow.locale ?? defaultLocale },
      kind: "channel_leaving",
      data: { name: fellow.displayName, channel: fellow.channel, date },
    });
  }
};

/**
 * Begins the deletion of the caller's account: everything that signs in ends, its channels and videos are gone for
 * everybody at once, and after the grace time a job removes them for good. Signing in again before brings it all back.
 * Throws what `proveOwnership` throws, `invalid_input` for another username than the own, and `conflict` for the last admin.
 */
export const leave = async ({
  username,
  locale,
  ...proving
}: Proving & { username: string; locale: Locale }): Promise<LeavingDto> => {
  const { viewer, address } = proving;
  if (viewer !== null && username.replace(/^@/, "").toLowerCase() !== viewer.username.toLowerCase()) {
    throw new AppError("invalid_input", { fields: { username: "username_other" } });
  }
  const { id: userId } = await proveOwnership(proving);
  // Whoever asked before keeps the time they were told.
  const graceSeconds = (await instanceSettings()).accountGraceDays * 24 * 3600;
  return transaction(async (tx) => {
    const known = await findUser(tx, userId);
    if (known === null) throw new AppError("unauthenticated");
    // Admins before the account itself, in the order in which everybody locks them.
    await refuseLastAdmin(tx, known);
    const user = await lockUser(tx, userId);
    const running = await listRunningVideosOf(tx, userId);
    const dueAt = user === null ? null : await markLeaving(tx, { userId, graceSeconds });
    if (user === null || dueAt === null) throw new AppError("unauthenticated");
    for (const videoId of running) await cancelRuns(tx, { videoId });
    for (const videoId of await listVideosOfLeaver(tx, userId)) {
      await publishVideoEvent(tx, { videoId, event: "deleted" });
    }
    await endAllSessions(tx, { userId, reason: "account" });
    await enqueue(tx, "accounts/remove", { userId }, { key: removalKey(userId), runAt: dueAt });
    await recordAudit(tx, {
      ...{ actorId: userId, action: "account.leave", targetType: "user", targetId: userId, address },
      details: { removedAt: dueAt.toISOString() },
    });
    await tellEverybody(tx, { user, locale, dueAt });
    return { removedAt: dueAt.toISOString() };
  });
};
