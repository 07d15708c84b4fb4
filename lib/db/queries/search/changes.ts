import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { textArray } from "#lib/db/queries/search/findable.ts";
import { searchChanges, searchEngines } from "#lib/db/schema/index.ts";

/** A change that an engine has not taken yet. */
export type SearchChange = { id: number; kind: "video" | "channel"; subjectId: string };

/** Has whoever brings changes to an engine wait for each other: what is read later is also written later. */
export const lockEngine = async (tx: Tx, engine: string): Promise<void> => {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`search:${engine}`}, 0))`);
};

/** The oldest changes that wait for an engine. */
export const listChanges = (
  tx: DbOrTx,
  { engine, limit }: { engine: string; limit: number },
): Promise<SearchChange[]> =>
  tx
    .select({ id: searchChanges.id, kind: searchChanges.kind, subjectId: searchChanges.subjectId })
    .from(searchChanges)
    .where(eq(searchChanges.engine, engine))
    .orderBy(asc(searchChanges.id))
    .limit(limit);

/** Forgets changes that an engine has taken. */
export const deleteChanges = async (tx: Tx, ids: readonly number[]): Promise<void> => {
  if (ids.length === 0) return;
  await tx.delete(searchChanges).where(inArray(searchChanges.id, [...ids]));
};

/** Queues subjects for an engine as if they had changed. */
export const insertChanges = async (
  tx: DbOrTx,
  { engine, kind, subjectIds }: { engine: string; kind: "video" | "channel"; subjectIds: readonly string[] },
): Promise<void> => {
  if (subjectIds.length === 0) return;
  await tx.insert(searchChanges).values(subjectIds.map((subjectId) => ({ engine, kind, subjectId })));
};

/** Queues a subject anew behind all others: one that cannot be indexed holds nobody up. */
export const postponeChange = async (
  tx: Tx,
  { engine, change }: { engine: string; change: SearchChange },
): Promise<void> => {
  await deleteChanges(tx, [change.id]);
  await insertChanges(tx, { engine, kind: change.kind, subjectIds: [change.subjectId] });
};

/** An engine as the database knows it, or null. */
export const findEngine = async (tx: DbOrTx, name: string): Promise<typeof searchEngines.$inferSelect | null> => {
  const [row] = await tx.select().from(searchEngines).where(eq(searchEngines.name, name));
  return row ?? null;
};

/** Remembers that an engine was compared, and with `analysisVersion` that it was made anew by that analysis. */
export const noteEngine = async (
  tx: DbOrTx,
  { name, analysisVersion }: { name: string; analysisVersion?: number },
): Promise<void> => {
  await tx
    .update(searchEngines)
    .set({ checkedAt: sql`now()`, ...(analysisVersion === undefined ? {} : { analysisVersion }) })
    .where(eq(searchEngines.name, name));
};

/** Has changes be noted for exactly these engines from now on. */
export const registerEngines = async (tx: Tx, names: readonly string[]): Promise<void> => {
  await tx
    .insert(searchEngines)
    .values(names.map((name) => ({ name })))
    .onConflictDoNothing();
  await tx.delete(searchEngines).where(and(sql`${searchEngines.name} <> all(${textArray(names)})`));
};
