import { and, desc, eq, gte, lt, or, type SQL, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { containsText, escapeLike } from "#lib/db/queries/instance/contains-text.ts";
import { auditLog, users } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { currentClientAddress, currentRequestId } from "#lib/log.ts";

/** Something that was done, for the append-only audit log. */
export type AuditEntry = {
  /** Null for what the system did by itself. */
  actorId: string | null;
  /** Stable name, like `video.edit`. */
  action: string;
  targetType: string;
  targetId: string;
  /** Where it came from when that is not the request at hand: of a job that a request queued. */
  address?: string;
  /** What changed, field by field, as it was and as it became. Never secrets. */
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  /** What else there is to say of it. */
  details?: Record<string, unknown>;
};

/**
 * Appends to the audit log, in the transaction of what it tells about, with the request's or job's id and the address that
 * the request came from.
 */
export const recordAudit = async (tx: DbOrTx, entry: AuditEntry): Promise<void> => {
  const { address = currentClientAddress(), details = {}, ...facts } = entry;
  await tx.insert(auditLog).values({ id: newId(), requestId: currentRequestId(), address, details, ...facts });
};

/** An audit row with the name of who did it, as it is now. */
export type AuditRow = typeof auditLog.$inferSelect & { actorName: string | null };

/** Which rows are asked for; what is undefined does not matter. */
export type AuditFilter = {
  actorId?: string | undefined;
  /** An action, or the beginning of some (`account.`). */
  action?: string | undefined;
  targetType?: string | undefined;
  targetId?: string | undefined;
  address?: string | undefined;
  from?: Date | undefined;
  /** Rows before it. */
  to?: Date | undefined;
  /** A text anywhere in the row: action, target, request id, what changed. */
  text?: string | undefined;
  /** Rows older than the one of this id. */
  after?: string | undefined;
  limit: number;
};

const textCondition = (text: string): SQL | undefined =>
  or(
    ...[auditLog.action, auditLog.targetId, auditLog.requestId, users.username, users.displayName].map((column) =>
      containsText(column, text),
    ),
    ...[auditLog.before, auditLog.after, auditLog.details].map((column) => containsText(sql`${column}::text`, text)),
  );

/** Rows of the audit log, newest first. */
export const listAuditRows = (tx: DbOrTx, filter: AuditFilter): Promise<AuditRow[]> => {
  const { actorId, action, targetType, targetId, address, from, to, text, after, limit } = filter;
  const conditions = [
    actorId === undefined ? undefined : eq(auditLog.actorId, actorId),
    action === undefined ? undefined : sql`${auditLog.action} like ${`${escapeLike(action)}%`}`,
    targetType === undefined ? undefined : eq(auditLog.targetType, targetType),
    targetId === undefined ? undefined : eq(auditLog.targetId, targetId),
    address === undefined ? undefined : eq(auditLog.address, address),
    from === undefined ? undefined : gte(auditLog.createdAt, from),
    to === undefined ? undefined : lt(auditLog.createdAt, to),
    text === undefined ? undefined : textCondition(text),
    after === undefined ? undefined : lt(auditLog.id, after),
  ];
  return tx
    .select({
      id: auditLog.id,
      actorId: auditLog.actorId,
      actorName: sql<string | null>`${users.username}::text`,
      action: auditLog.action,
      targetType: auditLog.targetType,
      targetId: auditLog.targetId,
      requestId: auditLog.requestId,
      address: auditLog.address,
      before: auditLog.before,
      after: auditLog.after,
      details: auditLog.details,
      createdAt: auditLog.createdAt,
    })
    .from(auditLog)
    .leftJoin(users, eq(users.id, auditLog.actorId))
    .where(and(...conditions))
    .orderBy(desc(auditLog.id))
    .limit(limit);
};

/** A video that was removed for good, as the audit log has it: which row says so, and since when. */
export type PurgeEntry = { id: string; videoId: string; createdAt: Date };

/** Removals of videos, newest first; the next page begins before the last one's row. */
export const listPurges = (
  tx: DbOrTx,
  { beforeId, limit }: { beforeId: string | null; limit: number },
): Promise<PurgeEntry[]> =>
  tx
    .select({ id: auditLog.id, videoId: auditLog.targetId, createdAt: auditLog.createdAt })
    .from(auditLog)
    .where(and(eq(auditLog.action, "video.purge"), beforeId === null ? undefined : lt(auditLog.id, beforeId)))
    .orderBy(desc(auditLog.id))
    .limit(limit);
