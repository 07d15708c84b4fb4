import { and, desc, eq, inArray, isNull, lt, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { notificationChoices, notifications, videos } from "#lib/db/schema/index.ts";

/** A notice as stored. */
export type NotificationRow = typeof notifications.$inferSelect;
/** A notice with whether the video it speaks of can still be opened. */
export type NoticeRow = NotificationRow & { videoGone: boolean };
/** What an account chose for a kind of event. */
export type ChoiceRow = typeof notificationChoices.$inferSelect;

/** Writes a notice; false when that account has one of this event already. */
export const insertNotification = async (
  tx: DbOrTx,
  notification: typeof notifications.$inferInsert,
): Promise<boolean> => {
  const rows = await tx
    .insert(notifications)
    .values(notification)
    .onConflictDoNothing()
    .returning({ id: notifications.id });
  return rows.length > 0;
};

const videoGone = sql<boolean>`(${notifications.videoId} is not null and not exists (
  select 1 from ${videos} where ${videos.id} = ${notifications.videoId} and ${videos.deletedAt} is null))`;

const notices = (tx: DbOrTx) => tx.select({ row: notifications, videoGone }).from(notifications);
const flat = (found: { row: NotificationRow; videoGone: boolean }): NoticeRow => ({
  ...found.row,
  videoGone: found.videoGone,
});

/** An account's notices, newest first, those before the one of id `after`. */
export const listNotificationRows = async (
  tx: DbOrTx,
  { userId, after, limit }: { userId: string; after: string | undefined; limit: number },
): Promise<NoticeRow[]> => {
  const rows = await notices(tx)
    .where(and(eq(notifications.userId, userId), after === undefined ? undefined : lt(notifications.id, after)))
    .orderBy(desc(notifications.id))
    .limit(limit);
  return rows.map(flat);
};

/** One of an account's notices, or null. */
export const findNotification = async (
  tx: DbOrTx,
  { userId, id }: { userId: string; id: string },
): Promise<NoticeRow | null> => {
  const [row] = await notices(tx).where(and(eq(notifications.userId, userId), eq(notifications.id, id)));
  return row === undefined ? null : flat(row);
};

/** How many of an account's notices are unread, counted to `most`. */
export const countUnread = async (tx: DbOrTx, { userId, most }: { userId: string; most: number }): Promise<number> => {
  const unread = tx
    .select({ one: sql`1`.as("one") })
    .from(notifications)
    .where(and(eq(notifications.userId, userId), isNull(notifications.readAt)))
    .limit(most)
    .as("unread");
  const [row] = await tx.select({ count: sql<number>`count(*)::int` }).from(unread);
  return row?.count ?? 0;
};

/** Marks those of an account's notices as read, or all of them; says whether any was unread. */
export const markNotificationsRead = async (
  tx: DbOrTx,
  { userId, ids }: { userId: string; ids: readonly string[] | "all" },
): Promise<boolean> => {
  const rows = await tx
    .update(notifications)
    .set({ readAt: sql`now()` })
    .where(
      and(
        eq(notifications.userId, userId),
        isNull(notifications.readAt),
        ids === "all" ? undefined : inArray(notifications.id, [...ids]),
      ),
    )
    .returning({ id: notifications.id });
  return rows.length > 0;
};

/** What an account chose, where it differs from the defaults. */
export const listChoices = (tx: DbOrTx, userId: string): Promise<ChoiceRow[]> =>
  tx.select().from(notificationChoices).where(eq(notificationChoices.userId, userId));

/** What an account chose for one kind, or null. */
export const findChoice = async (
  tx: DbOrTx,
  { userId, type }: { userId: string; type: string },
): Promise<ChoiceRow | null> => {
  const [row] = await tx
    .select()
    .from(notificationChoices)
    .where(and(eq(notificationChoices.userId, userId), eq(notificationChoices.type, type)));
  return row ?? null;
};

/** Keeps a choice. */
export const putChoice = async (
  tx: Tx,
  choice: { userId: string; type: string; inApp: boolean; email: boolean },
): Promise<void> => {
  const { inApp, email } = choice;
  await tx
    .insert(notificationChoices)
    .values(choice)
    .onConflictDoUpdate({
      target: [notificationChoices.userId, notificationChoices.type],
      set: { inApp, email, updatedAt: sql`now()` },
    });
};
