import { and, asc, desc, gt, isNull, lte, or, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { signingKeys } from "#lib/db/schema/index.ts";

/** A signing key as stored; the private half is sealed. */
export type SigningKeyRow = typeof signingKeys.$inferSelect;

/** Keys that sign or whose tokens may still live: those never retired, or retired less than `graceSeconds` ago. */
export const listSigningKeys = (tx: DbOrTx, graceSeconds: number): Promise<SigningKeyRow[]> =>
  tx
    .select()
    .from(signingKeys)
    .where(
      or(isNull(signingKeys.retiredAt), gt(signingKeys.retiredAt, sql`now() - make_interval(secs => ${graceSeconds})`)),
    )
    .orderBy(asc(signingKeys.id));

/** The key that signs now, or null. */
export const findCurrentSigningKey = async (tx: DbOrTx): Promise<SigningKeyRow | null> => {
  const [row] = await tx
    .select()
    .from(signingKeys)
    .where(isNull(signingKeys.retiredAt))
    .orderBy(desc(signingKeys.id))
    .limit(1);
  return row ?? null;
};

/** Lets one transaction at a time make keys, until it ends. */
export const lockSigningKeys = async (tx: DbOrTx): Promise<void> => {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('kinora:signing-keys'))`);
};

/** Inserts a key. */
export const insertSigningKey = async (tx: DbOrTx, key: typeof signingKeys.$inferInsert): Promise<void> => {
  await tx.insert(signingKeys).values(key);
};

/** Retires every key that signs and was made so long ago, so that the next one made signs alone. Gives how many. */
export const retireSigningKeys = async (
  tx: DbOrTx,
  { olderThanSeconds }: { olderThanSeconds: number },
): Promise<number> => {
  const rows = await tx
    .update(signingKeys)
    .set({ retiredAt: sql`now()` })
    .where(
      and(
        isNull(signingKeys.retiredAt),
        lte(signingKeys.createdAt, sql`now() - make_interval(secs => ${olderThanSeconds})`),
      ),
    )
    .returning({ id: signingKeys.id });
  return rows.length;
};
