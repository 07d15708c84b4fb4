import { and, asc, getTableColumns, gt, inArray, isNull, or, sql } from "drizzle-orm";
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

/** Keys that were not retired, oldest first, with what the database's clock says of their age. */
export const listUnretiredKeys = (
  tx: DbOrTx,
  { publishSeconds, lifeSeconds }: { publishSeconds: number; lifeSeconds: number },
): Promise<(SigningKeyRow & { isPublished: boolean; isOld: boolean })[]> =>
  tx
    .select({
      ...getTableColumns(signingKeys),
      isPublished: sql<boolean>`${signingKeys.createdAt} <= now() - make_interval(secs => ${publishSeconds})`,
      isOld: sql<boolean>`${signingKeys.createdAt} <= now() - make_interval(secs => ${lifeSeconds})`,
    })
    .from(signingKeys)
    .where(isNull(signingKeys.retiredAt))
    .orderBy(asc(signingKeys.id));

/** Lets one transaction at a time make keys, until it ends. */
export const lockSigningKeys = async (tx: DbOrTx): Promise<void> => {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('kinora:signing-keys'))`);
};

/** Inserts a key. */
export const insertSigningKey = async (tx: DbOrTx, key: typeof signingKeys.$inferInsert): Promise<void> => {
  await tx.insert(signingKeys).values(key);
};

/** Retires keys: they sign no more. Their grace, in which tokens of theirs are still good, began so long ago. */
export const retireSigningKeys = async (
  tx: DbOrTx,
  { ids, agoSeconds }: { ids: readonly string[]; agoSeconds: number },
): Promise<void> => {
  if (ids.length === 0) return;
  await tx
    .update(signingKeys)
    .set({ retiredAt: sql`now() - make_interval(secs => ${agoSeconds})` })
    .where(and(inArray(signingKeys.id, [...ids]), isNull(signingKeys.retiredAt)));
};
