import { and, eq, lt, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import {
  channels,
  dailyUploads,
  quotaReservations,
  uploads,
  usageCounters,
  users,
  videos,
} from "#lib/db/schema/index.ts";

/** Who pays for a video, with what an admin has set for that account (null for the instance's defaults). */
export type Payer = {
  userId: string;
  storageQuotaBytes: number | null;
  dailyUploadBytes: number | null;
  monthlyDeliveryBytes: number | null;
};

const payerColumns = {
  userId: users.id,
  storageQuotaBytes: users.storageQuotaBytes,
  dailyUploadBytes: users.dailyUploadBytes,
  monthlyDeliveryBytes: users.monthlyDeliveryBytes,
};

/** The owner of a video's channel, or null when there is no such video. */
export const findPayer = async (tx: DbOrTx, videoId: string): Promise<Payer | null> => {
  const [row] = await tx
    .select(payerColumns)
    .from(videos)
    .innerJoin(channels, eq(channels.id, videos.channelId))
    .innerJoin(users, eq(users.id, channels.ownerId))
    .where(eq(videos.id, videoId));
  return row ?? null;
};

/** An account as a payer, or null. `lock` keeps its limits until the transaction ends. */
export const findPayerByUser = async (
  tx: DbOrTx,
  { userId, lock = false }: { userId: string; lock?: boolean },
): Promise<Payer | null> => {
  const query = tx.select(payerColumns).from(users).where(eq(users.id, userId));
  const [row] = await (lock ? query.for("update") : query);
  return row ?? null;
};

/** What an account stores and has set aside. */
export type Counters = { storedBytes: number; reservedBytes: number };

/** An account's counters; zeros when it never stored anything. */
export const findCounters = async (tx: DbOrTx, userId: string): Promise<Counters> => {
  const [row] = await tx
    .select({ storedBytes: usageCounters.storedBytes, reservedBytes: usageCounters.reservedBytes })
    .from(usageCounters)
    .where(eq(usageCounters.userId, userId));
  return row ?? { storedBytes: 0, reservedBytes: 0 };
};

/**
 * Sets bytes aside when they fit: one conditional update on the account's row, so that of any number of callers at the
 * same time only those get through that fit together. The row stays locked until the transaction ends: call it last.
 */
export const reserveBytes = async (
  tx: Tx,
  input: { uploadId: string; userId: string; bytes: number; quotaBytes: number | null },
): Promise<boolean> => {
  const { uploadId, userId, bytes, quotaBytes } = input;
  await tx.insert(usageCounters).values({ userId }).onConflictDoNothing();
  const taken = sql`${usageCounters.storedBytes} + ${usageCounters.reservedBytes} + ${bytes}::bigint`;
  const fits = quotaBytes === null ? undefined : sql`${taken} <= ${quotaBytes}::bigint`;
  const rows = await tx
    .update(usageCounters)
    .set({ reservedBytes: sql`${usageCounters.reservedBytes} + ${bytes}::bigint`, updatedAt: sql`now()` })
    .where(and(eq(usageCounters.userId, userId), fits))
    .returning({ userId: usageCounters.userId });
  if (rows.length === 0) return false;
  await tx.insert(quotaReservations).values({ uploadId, userId, bytes });
  return true;
};

/** Gives back what an upload has set aside; nothing when that was done before. Call it last, like `reserveBytes`. */
export const releaseBytes = async (tx: Tx, uploadId: string): Promise<void> => {
  const [gone] = await tx
    .delete(quotaReservations)
    .where(eq(quotaReservations.uploadId, uploadId))
    .returning({ userId: quotaReservations.userId, bytes: quotaReservations.bytes });
  if (gone === undefined) return;
  await tx
    .update(usageCounters)
    .set({ reservedBytes: sql`${usageCounters.reservedBytes} - ${gone.bytes}::bigint`, updatedAt: sql`now()` })
    .where(eq(usageCounters.userId, gone.userId));
};

/** Uploads of a video that have something set aside. */
export const listReservedUploads = async (tx: DbOrTx, videoId: string): Promise<string[]> => {
  const rows = await tx
    .select({ id: uploads.id })
    .from(uploads)
    .innerJoin(quotaReservations, eq(quotaReservations.uploadId, uploads.id))
    .where(eq(uploads.videoId, videoId));
  return rows.map(({ id }) => id);
};

/** Counts an upload of the day when the day's limit leaves room for it. `day` is a date in UTC. */
export const countDailyUpload = async (
  tx: Tx,
  input: { userId: string; day: string; bytes: number; limitBytes: number | null },
): Promise<boolean> => {
  const { userId, day, bytes, limitBytes } = input;
  if (limitBytes !== null && bytes > limitBytes) return false;
  const sum = sql`${dailyUploads.bytes} + ${bytes}::bigint`;
  const rows = await tx
    .insert(dailyUploads)
    .values({ userId, day, bytes })
    .onConflictDoUpdate({
      target: [dailyUploads.userId, dailyUploads.day],
      set: { bytes: sum },
      ...(limitBytes === null ? {} : { setWhere: sql`${sum} <= ${limitBytes}::bigint` }),
    })
    .returning({ day: dailyUploads.day });
  return rows.length === 1;
};

/** Bytes of an account's uploads begun on a day (UTC). */
export const dailyUploadOf = async (tx: DbOrTx, { userId, day }: { userId: string; day: string }): Promise<number> => {
  const [row] = await tx
    .select({ bytes: dailyUploads.bytes })
    .from(dailyUploads)
    .where(and(eq(dailyUploads.userId, userId), eq(dailyUploads.day, day)));
  return row?.bytes ?? 0;
};

/** Sets an account's own limits; null goes back to the instance's. */
export const setLimits = async (
  tx: Tx,
  { userId, limits }: { userId: string; limits: Partial<Omit<Payer, "userId">> },
): Promise<void> => {
  await tx
    .update(users)
    .set({ ...limits, updatedAt: sql`now()` })
    .where(eq(users.id, userId));
};

/** An account that has risen to a mark of its quota. */
export type QuotaCrossing = {
  userId: string;
  percent: number;
  crossing: number;
  storedBytes: number;
  reservedBytes: number;
  quotaBytes: number;
};

/**
 * Notes for every account at which mark of its quota it stands, and returns those that have risen to a higher one. Looks at
 * all of them, a row each: a quota falls also when the instance's own does, which leaves no trace at an account.
 */
export const noteQuotaMarks = async (
  tx: Tx,
  { defaultQuotaBytes }: { defaultQuotaBytes: number | null },
): Promise<QuotaCrossing[]> => {
  const used = sql`(${usageCounters.storedBytes} + ${usageCounters.reservedBytes})`;
  const quota = sql<number | null>`coalesce(${users.storageQuotaBytes}, ${defaultQuotaBytes}::bigint)`;
  const mark = sql<number>`case when ${quota} is null or ${used} = 0 then 0
    when ${used} * 100 >= ${quota} * 95 then 95 when ${used} * 100 >= ${quota} * 80 then 80 else 0 end`;
  const rows = await tx
    .select({
      userId: usageCounters.userId,
      before: usageCounters.nearPercent,
      mark,
      quota,
      used: sql<string>`${used}`,
    })
    .from(usageCounters)
    .innerJoin(users, eq(users.id, usageCounters.userId))
    .where(sql`${mark} <> ${usageCounters.nearPercent}`)
    .orderBy(usageCounters.userId)
    .for("update", { of: usageCounters });
  const risen: QuotaCrossing[] = [];
  for (const row of rows) {
    const rises = row.mark > row.before;
    const [after] = await tx
      .update(usageCounters)
      .set({
        nearPercent: row.mark,
        nearCrossings: rises ? sql`${usageCounters.nearCrossings} + 1` : usageCounters.nearCrossings,
      })
      .where(and(eq(usageCounters.userId, row.userId), rises ? lt(usageCounters.nearPercent, row.mark) : undefined))
      .returning();
    if (after === undefined || !rises || row.quota === null) continue;
    const { userId, storedBytes, reservedBytes, nearCrossings } = after;
    risen.push({
      ...{ userId, percent: row.mark, crossing: nearCrossings, storedBytes, reservedBytes },
      quotaBytes: Number(row.quota),
    });
  }
  return risen;
};
