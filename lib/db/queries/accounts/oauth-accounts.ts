import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { oauthAccounts, users } from "#lib/db/schema/index.ts";

/** A log-in at another service as stored. */
export type OAuthAccountRow = typeof oauthAccounts.$inferSelect;

/** Who it is at which service. */
export type ExternalSubject = Pick<OAuthAccountRow, "provider" | "subject">;

/** The log-in of that subject, whosever account it stands for, or null. */
export const findOAuthAccount = async (
  tx: DbOrTx,
  { provider, subject }: ExternalSubject,
): Promise<OAuthAccountRow | null> => {
  const [row] = await tx
    .select()
    .from(oauthAccounts)
    .where(and(eq(oauthAccounts.provider, provider), eq(oauthAccounts.subject, subject)));
  return row ?? null;
};

/** Inserts a log-in. One that stands for an account already is a unique violation of `oauth_accounts_provider_subject_key`. */
export const insertOAuthAccount = async (tx: DbOrTx, row: typeof oauthAccounts.$inferInsert): Promise<void> => {
  await tx.insert(oauthAccounts).values(row);
};

/** Writes down that a log-in was used, and what the service says of its address now. */
export const touchOAuthAccount = async (
  tx: DbOrTx,
  { id, email, emailVerified }: Pick<OAuthAccountRow, "id" | "email" | "emailVerified">,
): Promise<void> => {
  await tx.update(oauthAccounts).set({ email, emailVerified, lastUsedAt: sql`now()` }).where(eq(oauthAccounts.id, id));
};

/** Log-ins of an account, oldest first. */
export const listOAuthAccounts = (tx: DbOrTx, userId: string): Promise<OAuthAccountRow[]> =>
  tx.select().from(oauthAccounts).where(eq(oauthAccounts.userId, userId)).orderBy(asc(oauthAccounts.id));

/** Takes a log-in away from an account. False when it has no such one. */
export const deleteOAuthAccount = async (
  tx: DbOrTx,
  { id, userId }: Pick<OAuthAccountRow, "id" | "userId">,
): Promise<boolean> => {
  const rows = await tx
    .delete(oauthAccounts)
    .where(and(eq(oauthAccounts.id, id), eq(oauthAccounts.userId, userId)))
    .returning({ id: oauthAccounts.id });
  return rows.length > 0;
};

/** Takes all log-ins at other services away from an account. */
export const deleteOAuthAccounts = async (tx: DbOrTx, userId: string): Promise<void> => {
  await tx.delete(oauthAccounts).where(eq(oauthAccounts.userId, userId));
};

/** Whether a log-in stands for an account that is still there. */
export const isKnownSubject = async (tx: DbOrTx, { provider, subject }: ExternalSubject): Promise<boolean> => {
  const rows = await tx
    .select({ id: oauthAccounts.id })
    .from(oauthAccounts)
    .innerJoin(users, eq(users.id, oauthAccounts.userId))
    .where(and(eq(oauthAccounts.provider, provider), eq(oauthAccounts.subject, subject), isNull(users.deletedAt)));
  return rows.length > 0;
};
