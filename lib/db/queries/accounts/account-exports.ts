import { and, desc, eq, isNull, lte, or, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { accountExports, auditLog } from "#lib/db/schema/index.ts";

/** A file with all that is kept of an account, as stored. */
export type AccountExportRow = typeof accountExports.$inferSelect;

/** Writes down that a file is to be made. One that is under way is a unique violation of `account_exports_queued_key`. */
export const insertAccountExport = async (
  tx: DbOrTx,
  row: Pick<AccountExportRow, "id" | "userId" | "key">,
): Promise<AccountExportRow | null> => {
  const [made] = await tx.insert(accountExports).values(row).returning();
  return made ?? null;
};

/** One of an account's files, or null; whosever it is without `userId`. */
export const findAccountExport = async (
  tx: DbOrTx,
  { exportId, userId }: { exportId: string; userId?: string },
): Promise<AccountExportRow | null> => {
  const [row] = await tx
    .select()
    .from(accountExports)
    .where(and(eq(accountExports.id, exportId), userId === undefined ? undefined : eq(accountExports.userId, userId)));
  return row ?? null;
};

/** An account's files, newest first. */
export const listAccountExports = (tx: DbOrTx, userId: string): Promise<AccountExportRow[]> =>
  tx.select().from(accountExports).where(eq(accountExports.userId, userId)).orderBy(desc(accountExports.id)).limit(10);

/** How many files an account asked for within the last `seconds`, and in how many seconds the oldest of them is older. */
export const countRecentExports = async (
  tx: DbOrTx,
  { userId, seconds }: { userId: string; seconds: number },
): Promise<{ count: number; freeInSeconds: number }> => {
  const [row] = await tx
    .select({
      count: sql<number>`count(*)::int`,
      freeInSeconds: sql<number>`coalesce(ceil(extract(epoch from min(${accountExports.createdAt}) - now())) + ${seconds}, 0)::int`,
    })
    .from(accountExports)
    .where(
      and(
        eq(accountExports.userId, userId),
        sql`${accountExports.createdAt} > now() - make_interval(secs => ${seconds})`,
      ),
    );
  return row ?? { count: 0, freeInSeconds: 0 };
};

/** Marks a file as ready for so many seconds. False when it was before. */
export const markExportReady = async (
  tx: DbOrTx,
  { exportId, sizeBytes, lifeSeconds }: { exportId: string; sizeBytes: number; lifeSeconds: number },
): Promise<boolean> => {
  const rows = await tx
    .update(accountExports)
    .set({
      ...{ state: "ready", sizeBytes, readyAt: sql`now()` },
      expiresAt: sql`now() + make_interval(secs => ${lifeSeconds})`,
    })
    .where(and(eq(accountExports.id, exportId), eq(accountExports.state, "queued")))
    .returning({ id: accountExports.id });
  return rows.length > 0;
};

/** Files whose time is over, and those that nobody has finished within a day. */
export const listExpiredExports = (tx: DbOrTx, limit: number): Promise<AccountExportRow[]> =>
  tx
    .select()
    .from(accountExports)
    .where(
      or(
        and(eq(accountExports.state, "ready"), lte(accountExports.expiresAt, sql`now()`)),
        and(
          eq(accountExports.state, "queued"),
          isNull(accountExports.readyAt),
          lte(accountExports.createdAt, sql`now() - interval '1 day'`),
        ),
      ),
    )
    .limit(limit);

/** Writes that a file is gone. */
export const markExportExpired = async (tx: DbOrTx, exportId: string): Promise<void> => {
  await tx.update(accountExports).set({ state: "expired" }).where(eq(accountExports.id, exportId));
};

/** What the audit log says of what an account did and of what was done to it; oldest first, after the row of that id. */
export const listAuditOfAccount = (
  tx: DbOrTx,
  { userId, after, limit }: { userId: string; after: string | null; limit: number },
) =>
  tx
    .select()
    .from(auditLog)
    .where(
      and(
        or(eq(auditLog.actorId, userId), and(eq(auditLog.targetType, "user"), eq(auditLog.targetId, userId))),
        after === null ? undefined : sql`${auditLog.id} > ${after}::uuid`,
      ),
    )
    .orderBy(auditLog.id)
    .limit(limit);
