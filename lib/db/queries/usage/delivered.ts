import { and, asc, eq, gte, inArray, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { deliveredBytes, deliveryMonths, users } from "#lib/db/schema/index.ts";

/** What was delivered of a video since the last flush. */
export type DeliveredRow = { videoId: string; userId: string; bytes: number; requests: number };

// Two processes that write the same rows in one order never wait for each other in a ring.
const by =
  <T>(key: (value: T) => string) =>
  (one: T, other: T) =>
    key(one) < key(other) ? -1 : 1;

const sumsByUser = (rows: readonly DeliveredRow[]) => {
  const sums = new Map<string, number>();
  for (const { userId, bytes } of rows) sums.set(userId, (sums.get(userId) ?? 0) + bytes);
  return [...sums].map(([userId, bytes]) => ({ userId, bytes }));
};

/** Adds what was delivered on a day, one statement for all videos and one for all accounts. `month` is its first day. */
export const addDelivered = async (
  tx: Tx,
  { day, month, rows }: { day: string; month: string; rows: readonly DeliveredRow[] },
): Promise<void> => {
  if (rows.length === 0) return;
  await tx
    .insert(deliveredBytes)
    .values([...rows].sort(by(({ videoId }) => videoId)).map((row) => ({ ...row, day })))
    .onConflictDoUpdate({
      target: [deliveredBytes.videoId, deliveredBytes.day],
      set: {
        // The day's row goes with the channel: whoever owns it at the last flush is told of the whole day.
        userId: sql`excluded.user_id`,
        bytes: sql`${deliveredBytes.bytes} + excluded.bytes`,
        requests: sql`${deliveredBytes.requests} + excluded.requests`,
      },
    });
  await tx
    .insert(deliveryMonths)
    .values(
      sumsByUser(rows)
        .sort(by(({ userId }) => userId))
        .map((row) => ({ ...row, month })),
    )
    .onConflictDoUpdate({
      target: [deliveryMonths.userId, deliveryMonths.month],
      set: { bytes: sql`${deliveryMonths.bytes} + excluded.bytes` },
    });
};

/** Which of these accounts have used what may be delivered of their videos in a month. */
export const listOverDelivered = async (
  tx: DbOrTx,
  input: { userIds: readonly string[]; month: string; defaultLimitBytes: number | null },
): Promise<string[]> => {
  if (input.userIds.length === 0) return [];
  const limit = sql`coalesce(${users.monthlyDeliveryBytes}, ${input.defaultLimitBytes}::bigint)`;
  const rows = await tx
    .select({ userId: users.id })
    .from(users)
    .leftJoin(deliveryMonths, and(eq(deliveryMonths.userId, users.id), eq(deliveryMonths.month, input.month)))
    .where(and(inArray(users.id, [...input.userIds]), sql`coalesce(${deliveryMonths.bytes}, 0) >= ${limit}`));
  return rows.map(({ userId }) => userId);
};

/** Bytes delivered of an account's videos in a month. */
export const deliveredInMonth = async (
  tx: DbOrTx,
  { userId, month }: { userId: string; month: string },
): Promise<number> => {
  const [row] = await tx
    .select({ bytes: deliveryMonths.bytes })
    .from(deliveryMonths)
    .where(and(eq(deliveryMonths.userId, userId), eq(deliveryMonths.month, month)));
  return row?.bytes ?? 0;
};

/** Bytes and answers of an account's videos by day (UTC) from a day on; days without any are left out. */
export const deliveredByDay = (
  tx: DbOrTx,
  { userId, fromDay }: { userId: string; fromDay: string },
): Promise<{ day: string; bytes: number; requests: number }[]> =>
  tx
    .select({
      day: deliveredBytes.day,
      bytes: sql<number>`sum(${deliveredBytes.bytes})::float8`,
      requests: sql<number>`sum(${deliveredBytes.requests})::float8`,
    })
    .from(deliveredBytes)
    .where(and(eq(deliveredBytes.userId, userId), gte(deliveredBytes.day, fromDay)))
    .groupBy(deliveredBytes.day)
    .orderBy(asc(deliveredBytes.day));
