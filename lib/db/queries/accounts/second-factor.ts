import { and, eq, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { recoveryCodes, totpSecrets } from "#lib/db/schema/index.ts";

/** An account's second factor as stored: the secret is sealed. */
export type TotpRow = typeof totpSecrets.$inferSelect;
/** A recovery code that was not used, as its hash. */
export type RecoveryCodeRow = { id: string; codeHash: string };

/** The account's secret, confirmed or not, or null. `lock` keeps it until the transaction ends. */
export const findTotp = async (
  tx: DbOrTx,
  { userId, lock = false }: { userId: string; lock?: boolean },
): Promise<TotpRow | null> => {
  const query = tx.select().from(totpSecrets).where(eq(totpSecrets.userId, userId)).limit(1);
  const [row] = await (lock ? query.for("update") : query);
  return row ?? null;
};

/** Writes a secret that nobody has confirmed over another such one. False when a confirmed one is there. */
export const putUnconfirmedTotp = async (
  tx: DbOrTx,
  { userId, sealedSecret }: { userId: string; sealedSecret: string },
): Promise<boolean> => {
  const rows = await tx
    .insert(totpSecrets)
    .values({ userId, sealedSecret })
    .onConflictDoUpdate({
      target: totpSecrets.userId,
      set: { sealedSecret, createdAt: sql`now()` },
      setWhere: isNull(totpSecrets.confirmedAt),
    })
    .returning({ userId: totpSecrets.userId });
  return rows.length > 0;
};

/** Confirms a secret with the step of its first code. False when it is gone or confirmed already. */
export const confirmTotp = async (tx: DbOrTx, { userId, step }: { userId: string; step: number }): Promise<boolean> => {
  const rows = await tx
    .update(totpSecrets)
    .set({ confirmedAt: sql`now()`, lastStep: step })
    .where(and(eq(totpSecrets.userId, userId), isNull(totpSecrets.confirmedAt)))
    .returning({ userId: totpSecrets.userId });
  return rows.length > 0;
};

/** Uses a step up. False when its code, or a later one, was taken before, or the factor is off. */
export const takeTotpStep = async (
  tx: DbOrTx,
  { userId, step }: { userId: string; step: number },
): Promise<boolean> => {
  const rows = await tx
    .update(totpSecrets)
    .set({ lastStep: step })
    .where(
      and(
        eq(totpSecrets.userId, userId),
        isNotNull(totpSecrets.confirmedAt),
        or(isNull(totpSecrets.lastStep), lt(totpSecrets.lastStep, step)),
      ),
    )
    .returning({ userId: totpSecrets.userId });
  return rows.length > 0;
};

/** Recovery codes of an account that were not used. */
export const listOpenRecoveryCodes = (tx: DbOrTx, userId: string): Promise<RecoveryCodeRow[]> =>
  tx
    .select({ id: recoveryCodes.id, codeHash: recoveryCodes.codeHash })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)));

/** Uses a recovery code up. False when somebody else did so first. */
export const spendRecoveryCode = async (tx: DbOrTx, id: string): Promise<boolean> => {
  const rows = await tx
    .update(recoveryCodes)
    .set({ usedAt: sql`now()` })
    .where(and(eq(recoveryCodes.id, id), isNull(recoveryCodes.usedAt)))
    .returning({ id: recoveryCodes.id });
  return rows.length > 0;
};

/** Writes recovery codes in the place of all that the account had. */
export const replaceRecoveryCodes = async (
  tx: DbOrTx,
  { userId, codes }: { userId: string; codes: readonly RecoveryCodeRow[] },
): Promise<void> => {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  if (codes.length > 0) await tx.insert(recoveryCodes).values(codes.map((code) => ({ ...code, userId })));
};

/** Removes an account's second factor with its recovery codes. */
export const removeTotp = async (tx: DbOrTx, userId: string): Promise<void> => {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await tx.delete(totpSecrets).where(eq(totpSecrets.userId, userId));
};
