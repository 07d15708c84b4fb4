import { and, eq, inArray, isNotNull, isNull, lte, ne, or, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { deleteLabelSettings } from "#lib/db/queries/labels/labels.ts";
import { forgetPeopleRowsOf } from "#lib/db/queries/people/erase.ts";
import {
  accountExports,
  apiTokens,
  assets,
  channelMembers,
  channels,
  emailTokens,
  invitations,
  mails,
  notificationChoices,
  notifications,
  oauthAccounts,
  outbox,
  recoveryCodes,
  runs,
  sessions,
  totpSecrets,
  users,
  videos,
  watermarks,
  webhookDeliveries,
  webhooks,
} from "#lib/db/schema/index.ts";

const ownChannels = (tx: DbOrTx, userId: string) =>
  tx.select({ id: channels.id }).from(channels).where(eq(channels.ownerId, userId));

/** When the account's owner asked for its deletion: what went with it carries that very time. */
const askedAt = (userId: string) => sql`(select deletion_requested_at from users where id = ${userId}::uuid)`;

const takeVideosAlong = async (tx: Tx, userId: string): Promise<void> => {
  await tx
    .update(videos)
    .set({ deletedAt: askedAt(userId), playbackVersion: sql`${videos.playbackVersion} + 1`, updatedAt: sql`now()` })
    .where(and(inArray(videos.channelId, ownChannels(tx, userId)), isNull(videos.deletedAt)));
};

/**
 * Marks an account as leaving, and takes its channels and their videos away at the very same time, so that coming back
 * restores just those. Gives when it is to be removed, by the database's clock; null when it is leaving already.
 */
export const markLeaving = async (
  tx: Tx,
  { userId, graceSeconds }: { userId: string; graceSeconds: number },
): Promise<Date | null> => {
  const deletionDueAt = sql`now() + make_interval(secs => ${graceSeconds})`;
  const [row] = await tx
    .update(users)
    .set({ deletionRequestedAt: sql`now()`, deletionDueAt, updatedAt: sql`now()` })
    .where(and(eq(users.id, userId), isNull(users.deletionRequestedAt), isNull(users.deletedAt)))
    .returning({ dueAt: users.deletionDueAt });
  if (row?.dueAt == null) return null;
  // Videos before channels, in the order in which whoever moves one locks them.
  await takeVideosAlong(tx, userId);
  await tx
    .update(channels)
    .set({ deletedAt: askedAt(userId), updatedAt: sql`now()` })
    .where(and(eq(channels.ownerId, userId), isNull(channels.deletedAt)));
  // And those that came while the channels could not be had: an upload that began, a video that was brought back.
  await takeVideosAlong(tx, userId);
  return row.dueAt;
};

/** Ids of the videos that went when their owner asked to leave. */
export const listVideosOfLeaver = async (tx: DbOrTx, userId: string): Promise<string[]> => {
  const rows = await tx
    .select({ id: videos.id })
    .from(videos)
    .where(and(inArray(videos.channelId, ownChannels(tx, userId)), eq(videos.deletedAt, askedAt(userId))))
    .orderBy(videos.id);
  return rows.map(({ id }) => id);
};

/** Which of an account's videos are being processed. */
export const listRunningVideosOf = async (tx: DbOrTx, userId: string): Promise<string[]> => {
  const rows = await tx
    .selectDistinct({ id: runs.videoId })
    .from(runs)
    .innerJoin(videos, eq(videos.id, runs.videoId))
    .where(and(eq(runs.state, "running"), inArray(videos.channelId, ownChannels(tx, userId))));
  return rows.map(({ id }) => id);
};

/** Gives an account back its channels, those of its videos that went with it, and itself. */
export const markStaying = async (tx: Tx, userId: string): Promise<void> => {
  const back = { deletedAt: null, updatedAt: sql`now()` };
  await tx
    .update(videos)
    .set(back)
    .where(and(inArray(videos.channelId, ownChannels(tx, userId)), eq(videos.deletedAt, askedAt(userId))));
  await tx
    .update(channels)
    .set(back)
    .where(and(eq(channels.ownerId, userId), eq(channels.deletedAt, askedAt(userId))));
  await tx
    .update(users)
    .set({ deletionRequestedAt: null, deletionDueAt: null, updatedAt: sql`now()` })
    .where(eq(users.id, userId));
};

/** When a leaving account goes. A web process of an older version, still serving during an update, notes no date: two weeks then. */
const dueAt = sql<Date>`coalesce(${users.deletionDueAt}, ${users.deletionRequestedAt} + interval '14 days')`.mapWith(
  users.deletionDueAt,
);

/** The time that its owner was told has come, or its removal has begun: then it is finished in any case. */
const mustGo = and(isNotNull(users.deletionRequestedAt), or(lte(dueAt, sql`now()`), isNotNull(users.deletedAt)));

/**
 * Makes a leaving account's deletion final once its grace time is over: from here on nothing brings it back. True also
 * when that was done before and its removal was interrupted.
 */
export const beginRemoval = async (tx: DbOrTx, userId: string): Promise<boolean> => {
  const rows = await tx
    .update(users)
    .set({ deletedAt: sql`coalesce(${users.deletedAt}, now())`, updatedAt: sql`now()` })
    .where(and(eq(users.id, userId), mustGo))
    .returning({ id: users.id });
  return rows.length > 0;
};

/** Accounts whose grace time is over and that are still there, the longest overdue first. */
export const listDueLeavers = async (tx: DbOrTx, { limit }: { limit: number }): Promise<string[]> => {
  const rows = await tx.select({ id: users.id }).from(users).where(mustGo).orderBy(users.deletionDueAt).limit(limit);
  return rows.map(({ id }) => id);
};

/** Every video of an account's channels, deleted ones too. */
export const listAllVideosOf = async (tx: DbOrTx, userId: string): Promise<string[]> => {
  const rows = await tx
    .select({ id: videos.id })
    .from(videos)
    .where(inArray(videos.channelId, ownChannels(tx, userId)));
  return rows.map(({ id }) => id);
};

/** Marks of an account's channels, deleted ones too. */
export const listMarksOf = async (tx: DbOrTx, userId: string): Promise<string[]> => {
  const rows = await tx
    .select({ id: watermarks.id })
    .from(watermarks)
    .where(inArray(watermarks.channelId, ownChannels(tx, userId)));
  return rows.map(({ id }) => id);
};

/** Takes the marks of an account's channels away; their images go by a job of their own. */
export const markMarksDeleted = async (tx: DbOrTx, userId: string): Promise<void> => {
  await tx
    .update(watermarks)
    .set({ deletedAt: sql`now()` })
    .where(and(inArray(watermarks.channelId, ownChannels(tx, userId)), isNull(watermarks.deletedAt)));
};

/** Keys of what is stored for the account itself: its picture, its exports. */
export const listOwnObjects = async (tx: DbOrTx, userId: string): Promise<string[]> => {
  const rows = await tx.select({ key: assets.key }).from(assets).where(eq(assets.userId, userId));
  const exported = await tx
    .select({ key: accountExports.key })
    .from(accountExports)
    .where(eq(accountExports.userId, userId));
  return [...new Set([...rows, ...exported].map(({ key }) => key))];
};

const forgetWebhooks = async (tx: Tx, userId: string): Promise<void> => {
  const own = tx.select({ id: webhooks.id }).from(webhooks).where(eq(webhooks.ownerId, userId));
  await tx.delete(webhookDeliveries).where(inArray(webhookDeliveries.webhookId, own));
  await tx.delete(webhooks).where(eq(webhooks.ownerId, userId));
};

/**
 * Forgets who an account was: all that signs in, notices, mails, webhooks, memberships, and its names, which are free
 * again. Its row stays, with nothing in it, because the ledger and the audit log name it. The address of the reserved domain
 * `.invalid` (RFC 2606, section 2) belongs to nobody.
 */
export const forgetPerson = async (tx: Tx, userId: string): Promise<void> => {
  await forgetWebhooks(tx, userId);
  await forgetPeopleRowsOf(tx, userId);
  await tx.delete(sessions).where(eq(sessions.userId, userId));
  await tx.delete(apiTokens).where(eq(apiTokens.userId, userId));
  await tx.delete(emailTokens).where(eq(emailTokens.userId, userId));
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await tx.delete(totpSecrets).where(eq(totpSecrets.userId, userId));
  await tx.delete(oauthAccounts).where(eq(oauthAccounts.userId, userId));
  await tx.delete(notificationChoices).where(eq(notificationChoices.userId, userId));
  await tx.delete(notifications).where(eq(notifications.userId, userId));
  await tx.delete(outbox).where(eq(outbox.userId, userId));
  await tx.delete(mails).where(eq(mails.userId, userId));
  await deleteLabelSettings(tx, userId);
  await tx.delete(accountExports).where(eq(accountExports.userId, userId));
  await tx
    .delete(invitations)
    .where(or(eq(invitations.invitedBy, userId), inArray(invitations.channelId, ownChannels(tx, userId))));
  await tx
    .delete(channelMembers)
    .where(or(eq(channelMembers.userId, userId), inArray(channelMembers.channelId, ownChannels(tx, userId))));
  const name = `deleted-${userId}`;
  await tx
    .update(channels)
    .set({ handle: sql`'deleted-' || ${channels.id}`, name: "", description: "", uploadDefaults: {} })
    .where(eq(channels.ownerId, userId));
  await tx
    .update(users)
    .set({
      ...{
        email: `${name}@kinora.invalid`,
        username: name,
        displayName: "",
        passwordHash: null,
        emailVerifiedAt: null,
      },
      ...{
        avatarKey: null,
        avatarChoice: null,
        bio: "",
        locale: null,
        suspendedReason: null,
        deletionRequestedAt: null,
        deletionDueAt: null,
      },
      ...{ status: "suspended", role: "viewer", updatedAt: sql`now()` },
    })
    .where(eq(users.id, userId));
};

/** Channels of an account, each with how many others work on it and how many videos it has. */
export const listChannelsToLeave = (tx: DbOrTx, userId: string) =>
  tx
    .select({
      handle: channels.handle,
      name: channels.name,
      members: sql<number>`(select count(*)::int from ${channelMembers} m
        where m.channel_id = channels.id and m.user_id <> ${userId}::uuid)`,
      videos: sql<number>`(select count(*)::int from ${videos} v
        where v.channel_id = channels.id and v.deleted_at is null)`,
    })
    .from(channels)
    .where(and(eq(channels.ownerId, userId), isNull(channels.deletedAt)))
    .orderBy(channels.id);

/** Who else works on the channels of an account, with the channel's name. */
export const listFellowMembers = (tx: DbOrTx, userId: string) =>
  tx
    .select({
      userId: users.id,
      email: users.email,
      displayName: users.displayName,
      locale: users.locale,
      channel: channels.name,
    })
    .from(channelMembers)
    .innerJoin(channels, eq(channels.id, channelMembers.channelId))
    .innerJoin(users, eq(users.id, channelMembers.userId))
    .where(
      and(
        eq(channels.ownerId, userId),
        eq(channels.deletedAt, askedAt(userId)),
        ne(channelMembers.userId, userId),
        isNull(users.deletedAt),
        eq(users.status, "active"),
      ),
    );

/** The leaving account of a session that holds, and when it is to be removed; null for every other session. */
export const findLeaver = async (tx: DbOrTx, sessionId: string): Promise<{ userId: string; dueAt: Date } | null> => {
  const [row] = await tx
    .select({ userId: users.id, dueAt })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.id, sessionId),
        isNull(sessions.endedAt),
        sql`${sessions.expiresAt} > now()`,
        isNotNull(users.deletionRequestedAt),
        isNull(users.deletedAt),
        eq(users.status, "active"),
      ),
    );
  return row ?? null;
};
