import { and, asc, desc, eq, gte, isNull, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { deliveredBytes, usageCounters, usageEntries, users } from "#lib/db/schema/index.ts";

/** By how much the stored bytes of all accounts changed on each day (UTC) from one on; days without a change are left out. */
export const storedChangesByDay = (tx: DbOrTx, fromDay: string): Promise<{ day: string; bytes: number }[]> => {
  const day = sql<string>`(${usageEntries.createdAt} at time zone 'UTC')::date::text`;
  return tx
    .select({ day, bytes: sql<number>`sum(${usageEntries.bytes})::float8` })
    .from(usageEntries)
    .where(gte(usageEntries.createdAt, new Date(`${fromDay}T00:00:00Z`)))
    .groupBy(sql`1`);
};

/** Bytes and answers of all videos by day (UTC) from one on; days without any are left out. */
export const deliveredByDayOfAll = (
  tx: DbOrTx,
  fromDay: string,
): Promise<{ day: string; bytes: number; requests: number }[]> =>
  tx
    .select({
      day: deliveredBytes.day,
      bytes: sql<number>`sum(${deliveredBytes.bytes})::float8`,
      requests: sql<number>`sum(${deliveredBytes.requests})::float8`,
    })
    .from(deliveredBytes)
    .where(gte(deliveredBytes.day, fromDay))
    .groupBy(deliveredBytes.day)
    .orderBy(asc(deliveredBytes.day));

/** The accounts that store most, or of whose videos most was delivered since a day; those without either are left out. */
export const listTopUsers = (
  tx: DbOrTx,
  { fromDay, by, limit }: { fromDay: string; by: "stored" | "delivered"; limit: number },
) => {
  const delivered = tx
    .select({ userId: deliveredBytes.userId, bytes: sql<number>`sum(${deliveredBytes.bytes})`.as("bytes") })
    .from(deliveredBytes)
    .where(gte(deliveredBytes.day, fromDay))
    .groupBy(deliveredBytes.userId)
    .as("delivered");
  const storedSum = sql<number>`coalesce(${usageCounters.storedBytes}, 0)::float8`;
  const deliveredSum = sql<number>`coalesce(${delivered.bytes}, 0)::float8`;
  const [first, second] = by === "stored" ? [storedSum, deliveredSum] : [deliveredSum, storedSum];
  return tx
    .select({
      id: users.id,
      username: users.username,
      displayName: users.displayName,
      storedBytes: storedSum,
      deliveredBytes: deliveredSum,
    })
    .from(users)
    .leftJoin(usageCounters, eq(usageCounters.userId, users.id))
    .leftJoin(delivered, eq(delivered.userId, users.id))
    .where(and(isNull(users.deletedAt), sql`${storedSum} + ${deliveredSum} > 0`))
    .orderBy(desc(first), desc(second), asc(users.id))
    .limit(limit);
};
