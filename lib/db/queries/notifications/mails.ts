import { and, asc, desc, eq, inArray, lt, type SQL, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { liveJob } from "#lib/db/queries/runs/jobs.ts";
import { mails } from "#lib/db/schema/index.ts";

/** A mail as it was written. */
export type MailRow = typeof mails.$inferSelect;
/** Where a mail stands. */
export type MailState = MailRow["state"];

/** Writes a mail; false when one with its `dedupeKey` is there already. */
export const insertMail = async (tx: DbOrTx, mail: typeof mails.$inferInsert): Promise<boolean> => {
  const rows = await tx.insert(mails).values(mail).onConflictDoNothing().returning({ id: mails.id });
  return rows.length > 0;
};

/** The language of the newest mail to an account, or null: what it read when it signed up, until it chooses one itself. */
export const findLastMailLocale = async (tx: DbOrTx, userId: string): Promise<MailRow["locale"] | null> => {
  const [row] = await tx
    .select({ locale: mails.locale })
    .from(mails)
    .where(eq(mails.userId, userId))
    .orderBy(desc(mails.id))
    .limit(1);
  return row?.locale ?? null;
};

/**
 * Locks a mail that waits to be sent until the transaction ends. Null when it waits no longer or somebody else sends it at
 * this very moment.
 */
export const lockQueuedMail = async (tx: Tx, mailId: string): Promise<MailRow | null> => {
  const [row] = await tx
    .select()
    .from(mails)
    .where(and(eq(mails.id, mailId), eq(mails.state, "queued")))
    .for("update", { skipLocked: true });
  return row ?? null;
};

/** Ends an attempt at a locked mail: sent, failed for good, or to be tried again. `forgetText` empties what it said. */
export const endMailAttempt = async (
  tx: Tx,
  input: { mailId: string; state: "sent" | "failed" | "queued"; error: string | null; forgetText: boolean },
): Promise<void> => {
  await tx
    .update(mails)
    .set({
      state: input.state,
      attempts: sql`${mails.attempts} + 1`,
      lastError: input.error,
      ...(input.state === "sent" ? { sentAt: sql`now()` } : {}),
      ...(input.forgetText ? { bodyText: "", bodyHtml: "" } : {}),
    })
    .where(and(eq(mails.id, input.mailId), eq(mails.state, "queued")));
};

/** Queues a mail again that was held or has failed, with all its attempts; null when it is neither. */
export const requeueMail = async (tx: DbOrTx, mailId: string): Promise<MailRow | null> => {
  const [row] = await tx
    .update(mails)
    .set({ state: "queued", attempts: 0 })
    .where(and(eq(mails.id, mailId), inArray(mails.state, ["held", "failed"])))
    .returning();
  return row ?? null;
};

/** A mail, or null. */
export const findMail = async (tx: DbOrTx, mailId: string): Promise<MailRow | null> => {
  const [row] = await tx.select().from(mails).where(eq(mails.id, mailId));
  return row ?? null;
};

const listed = {
  id: mails.id,
  userId: mails.userId,
  toAddress: mails.toAddress,
  kind: mails.kind,
  locale: mails.locale,
  subject: mails.subject,
  state: mails.state,
  attempts: mails.attempts,
  lastError: mails.lastError,
  createdAt: mails.createdAt,
  sentAt: mails.sentAt,
};

/** A mail without its text. */
export type MailLine = Pick<MailRow, keyof typeof listed>;

/** Mails without their texts, newest first, those written before the one of id `after`. */
export const listMailLines = (
  tx: DbOrTx,
  { state, after, limit }: { state: MailState | undefined; after: string | undefined; limit: number },
): Promise<MailLine[]> => {
  const conditions: (SQL | undefined)[] = [
    state === undefined ? undefined : eq(mails.state, state),
    after === undefined ? undefined : lt(mails.id, after),
  ];
  return tx
    .select(listed)
    .from(mails)
    .where(and(...conditions))
    .orderBy(desc(mails.id))
    .limit(limit);
};

/** Mails that wait and that no job will send: ids, oldest first. `keyPrefix` and the id make the job's key. */
export const listStrandedMailIds = async (
  tx: DbOrTx,
  { keyPrefix, limit }: { keyPrefix: string; limit: number },
): Promise<string[]> => {
  const rows = await tx
    .select({ id: mails.id })
    .from(mails)
    .where(and(eq(mails.state, "queued"), sql`not ${liveJob(sql`${keyPrefix}::text || ${mails.id}::text`)}`))
    .orderBy(asc(mails.id))
    .limit(limit);
  return rows.map(({ id }) => id);
};
