import { and, asc, eq, inArray, like, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { idArray } from "#lib/db/queries/instance/one-of-ids.ts";
import { isFindable, textArray } from "#lib/db/queries/search/findable.ts";
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

/** How long after it was changed a video may be on its way out of an engine. */
const settledSeconds = 60;

/**
 * Queues videos that an engine found though nobody may find them, unless they wait for it already: from then on it is asked for
 * everything else. When one of them was hidden long ago the engine has lost what it was told, and is to be compared with the
 * tables as soon as possible. Gives whether that is so.
 */
export const noteUnfindable = async (
  tx: DbOrTx,
  { engine, videoIds }: { engine: string; videoIds: readonly string[] },
): Promise<boolean> => {
  const rows = await tx.execute(sql`
    with noted as (
      insert into search_changes (engine, kind, subject_id)
      select e.name, 'video', f.id from search_engines e, unnest(${idArray(videoIds)}) as f(id)
      where e.name = ${engine} and not exists (select 1 from search_changes w
        where w.engine = e.name and w.kind = 'video' and w.subject_id = f.id)
      for key share of e
      returning subject_id
    )
    update search_engines set checked_at = null
    where name = ${engine} and exists (select 1 from noted n where not exists (
      select 1 from videos v join channels c on c.id = v.channel_id join users u on u.id = c.owner_id
      where v.id = n.subject_id
        and greatest(v.updated_at, v.deleted_at, v.taken_down_at, c.updated_at, u.updated_at) > now() - make_interval(secs => ${settledSeconds})))
    returning name`);
  return rows.length > 0;
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

/** Remembers that an engine has lost its index: it answers nothing until that was made anew. */
export const forgetBuild = async (tx: DbOrTx, name: string): Promise<void> => {
  await tx.update(searchEngines).set({ analysisVersion: null }).where(eq(searchEngines.name, name));
};

/** The name under which changes are noted for the new index of an engine while that is made. */
export const rebuildName = (engine: string): string => `${engine}:next`;

/** How long a rebuild may go without a sign before it counts as dead. */
const rebuildSilenceSeconds = 300;

/** Notes no more changes for rebuilds that died. */
export const dropDeadRebuilds = async (tx: DbOrTx): Promise<void> => {
  await tx
    .delete(searchEngines)
    .where(
      and(
        like(searchEngines.name, rebuildName("%")),
        sql`coalesce(checked_at, created_at) < now() - make_interval(secs => ${rebuildSilenceSeconds})`,
      ),
    );
};

/** Has changes be noted for the new index of an engine too. False when somebody else makes one. */
export const beginRebuildOf = async (tx: DbOrTx, engine: string): Promise<boolean> => {
  const name = rebuildName(engine);
  const made = await tx
    .insert(searchEngines)
    .values({ name })
    .onConflictDoNothing()
    .returning({ name: searchEngines.name });
  return made.length > 0;
};

/** A rebuild's sign of life. False when it was given up by others. */
export const keepRebuild = async (tx: DbOrTx, engine: string): Promise<boolean> => {
  const kept = await tx
    .update(searchEngines)
    .set({ checkedAt: sql`now()` })
    .where(eq(searchEngines.name, rebuildName(engine)))
    .returning({ name: searchEngines.name });
  return kept.length > 0;
};

/** Notes no more changes for the new index of an engine; those that wait are forgotten. */
export const endRebuildOf = async (tx: DbOrTx, engine: string): Promise<void> => {
  await tx.delete(searchEngines).where(eq(searchEngines.name, rebuildName(engine)));
};

const standingSchema = z.array(
  z.object({
    analysisVersion: z.number().nullable(),
    waiting: z.coerce.number(),
    oldestSeconds: z.coerce.number(),
    changed: z.array(z.string()),
    hidden: z.array(z.string()),
  }),
);

/** How far behind an engine is. */
export type EngineStanding = z.output<typeof standingSchema>[number];

/**
 * How many changes wait for an engine (counted up to `limit`), how old the oldest is, of which videos, and which of these nobody
 * may find any more. Null for an engine that is not registered.
 */
export const engineStanding = async (
  tx: DbOrTx,
  { name, limit }: { name: string; limit: number },
): Promise<EngineStanding | null> => {
  const rows = await tx.execute(sql`
    with waiting as (
      select id, kind, subject_id, created_at from search_changes where engine = ${name} order by id limit ${limit}
    )
    select e.analysis_version as "analysisVersion", (select count(*) from waiting) as waiting,
      coalesce((select extract(epoch from now() - min(created_at)) from waiting), 0) as "oldestSeconds",
      (select coalesce(jsonb_agg(distinct w.subject_id), '[]') from waiting w where w.kind = 'video') as changed,
      (select coalesce(jsonb_agg(distinct w.subject_id), '[]') from waiting w
        where w.kind = 'video' and not ${isFindable(sql`w.subject_id`)}) as hidden
    from search_engines e where e.name = ${name}`);
  return standingSchema.parse([...rows])[0] ?? null;
};

/** Has changes be noted for exactly these engines from now on, and for the rebuilds of these that live. */
export const registerEngines = async (tx: Tx, names: readonly string[]): Promise<void> => {
  await tx
    .insert(searchEngines)
    .values(names.map((name) => ({ name })))
    .onConflictDoNothing();
  const kept = [...names, ...names.map(rebuildName)];
  await tx.delete(searchEngines).where(sql`${searchEngines.name} <> all(${textArray(kept)})`);
};
