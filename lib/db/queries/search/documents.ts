import { sql } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { idArray } from "#lib/db/queries/instance/one-of-ids.ts";
import { intArray, isFindable } from "#lib/db/queries/search/findable.ts";
import { searchChannels, searchDocuments } from "#lib/db/schema/index.ts";

/** A document to store; its tier is found here. */
export type NewDocument = Omit<typeof searchDocuments.$inferInsert, "tier">;

/** How many of the most popular documents the best tier holds at least, and the one after it. */
export const tierSizes = { best: 10_000, good: 90_000 } as const;

const wordsSchema = z.array(z.object({ videoId: z.string(), words: z.array(z.number()) }));

/** The counted words of documents that are there. */
export const wordsOfDocuments = async (tx: DbOrTx, videoIds: readonly string[]): Promise<Map<string, number[]>> => {
  if (videoIds.length === 0) return new Map();
  const rows = await tx.execute(sql`
    select video_id as "videoId", to_jsonb(words) as words from search_documents where video_id = any(${idArray(videoIds)})`);
  return new Map(wordsSchema.parse([...rows]).map(({ videoId, words }) => [videoId, words]));
};

/**
 * Videos among these that everybody may still find, held until the transaction ends. Under `lockIndex`: what is hidden after this
 * look is noted, and whoever takes that document away waits for the lock.
 */
export const holdVideos = async (tx: Tx, videoIds: readonly string[]): Promise<Set<string>> => {
  if (videoIds.length === 0) return new Set();
  const rows = await tx.execute(
    sql`select id from videos where id = any(${idArray(videoIds)}) and ${isFindable(sql`videos.id`)} for key share`,
  );
  return new Set(
    z
      .array(z.object({ id: z.string() }))
      .parse([...rows])
      .map(({ id }) => id),
  );
};

const hasRoomInBest = async (tx: DbOrTx): Promise<boolean> => {
  const [row] = await tx.execute(sql`
    select count(*)::int as count from (select 1 from search_documents where tier = 0 limit ${tierSizes.best}) best`);
  return z.object({ count: z.number() }).parse(row).count < tierSizes.best;
};

/** Stores documents in the place of earlier ones of the same videos, which keep their tier. Under `lockIndex`. */
export const putDocuments = async (tx: Tx, documents: readonly NewDocument[]): Promise<void> => {
  if (documents.length === 0) return;
  const tier = (await hasRoomInBest(tx)) ? 0 : 2;
  const taken = (column: string) => sql.raw(`excluded.${column}`);
  await tx
    .insert(searchDocuments)
    .values(documents.map((document) => ({ ...document, tier })))
    .onConflictDoUpdate({
      target: searchDocuments.videoId,
      set: {
        channelId: taken("channel_id"),
        popularity: taken("popularity"),
        publishedAt: taken("published_at"),
        durationMs: taken("duration_ms"),
        category: taken("category"),
        language: taken("language"),
        tags: taken("tags"),
        hasCaptions: taken("has_captions"),
        codes: taken("codes"),
        weights: taken("weights"),
        words: taken("words"),
        titleWords: taken("title_words"),
        fingerprint: taken("fingerprint"),
      },
    });
};

/** Forgets documents and gives the words that no longer count for them. Under `lockIndex`. */
export const deleteDocuments = async (tx: Tx, videoIds: readonly string[]): Promise<number[][]> => {
  if (videoIds.length === 0) return [];
  const rows = await tx.execute(sql`
    delete from search_documents where video_id = any(${idArray(videoIds)})
    returning video_id as "videoId", to_jsonb(words) as words`);
  return wordsSchema.parse([...rows]).map(({ words }) => words);
};

/** Documents by video id with what they were made of. */
export const listIndexed = async (
  tx: DbOrTx,
  { after, limit }: { after: string | null; limit: number },
): Promise<{ videoId: string; fingerprint: string }[]> => {
  const rows = await tx.execute(sql`
    select video_id as "videoId", fingerprint from search_documents
    where ${after === null ? sql`true` : sql`video_id > ${after}::uuid`} order by video_id limit ${limit}`);
  return z.array(z.object({ videoId: z.string(), fingerprint: z.string() })).parse([...rows]);
};

/** Takes over how often videos were watched, of those that were lately. */
export const refreshPopularity = async (tx: DbOrTx): Promise<void> => {
  await tx.execute(sql`
    update search_documents d set popularity = s.views from (
      select video_id, sum(views)::real as views from video_days
      where video_id in (select video_id from video_days where day >= current_date - 2)
      group by video_id
    ) s where s.video_id = d.video_id and d.popularity <> s.views`);
};

/** Divides documents into tiers by popularity: the best hundredth, the next tenth, the rest; small instances have one tier. */
export const regradeTiers = async (tx: DbOrTx): Promise<void> => {
  await tx.execute(sql`
    with graded as (
      select video_id, case
        when place <= greatest(${tierSizes.best}, total / 100) then 0
        when place <= greatest(${tierSizes.best + tierSizes.good}, total / 10) then 1 else 2 end as tier
      from (select video_id, row_number() over (order by popularity desc, video_id desc) as place,
        count(*) over () as total from search_documents) ordered
    )
    update search_documents d set tier = g.tier from graded g where g.video_id = d.video_id and d.tier <> g.tier`);
};

/** Puts the keys by which a channel is suggested in the place of others. */
export const putChannelKeys = async (
  tx: Tx,
  { channelId, keys }: { channelId: string; keys: readonly string[] },
): Promise<void> => {
  await deleteChannelKeys(tx, [channelId]);
  const there = await tx.execute(sql`select id from channels where id = ${channelId}::uuid for key share`);
  if (there.length === 0 || keys.length === 0) return;
  await tx.insert(searchChannels).values(keys.map((key) => ({ channelId, key })));
};

/** Has channels be suggested no more. */
export const deleteChannelKeys = async (tx: Tx, channelIds: readonly string[]): Promise<void> => {
  await tx.execute(sql`delete from search_channels where channel_id = any(${idArray(channelIds)})`);
};

const stemsSchema = z.object({ stems: z.array(z.number()) });

/** The codes that a document weighs most by, for what is like it; empty when there is none. */
export const weightsOfDocument = async (tx: DbOrTx, videoId: string): Promise<number[]> => {
  const [row] = await tx.execute(sql`
    select to_jsonb(weights) as stems from search_documents where video_id = ${videoId}::uuid`);
  return row === undefined ? [] : stemsSchema.parse(row).stems;
};

/** Of these stems the rarest ones, as far as they are counted. */
export const rarestStems = async (
  tx: DbOrTx,
  { stemIds, limit }: { stemIds: readonly number[]; limit: number },
): Promise<number[]> => {
  const rows = await tx.execute(sql`
    select stem_id as id from search_words where stem_id = any(${intArray(stemIds)})
    group by stem_id having sum(documents) > 1 order by sum(documents), stem_id limit ${limit}`);
  return z
    .array(z.object({ id: z.number() }))
    .parse([...rows])
    .map(({ id }) => id);
};
