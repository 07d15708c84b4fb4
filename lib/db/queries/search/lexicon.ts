import { sql } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { intArray, textArray } from "#lib/db/queries/search/findable.ts";

/** A word of the lexicon; `documents` counts those that have it in a title, tag, name or description. */
export type LexiconWord = { id: number; word: string; stemId: number; documents: number };

/** The number of a stem, and how many documents its words stand in. */
export type KnownStem = { id: number; stem: string; documents: number };

const stemsSchema = z.array(z.object({ id: z.number(), stem: z.string() }));
const wordsSchema = z.array(z.object({ id: z.number(), word: z.string(), stemId: z.number(), documents: z.number() }));
const knownSchema = z.array(z.object({ id: z.number(), stem: z.string(), documents: z.coerce.number() }));

/**
 * Has the writers of the lexicon and of documents wait for each other until the transaction ends: counts and new numbers
 * then meet no other's.
 */
export const lockIndex = async (tx: Tx): Promise<void> => {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('search:write', 0))`);
};

/** The numbers of stems, new ones too. Under `lockIndex`. */
export const numberStems = async (tx: Tx, stems: readonly string[]): Promise<Map<string, number>> => {
  if (stems.length === 0) return new Map();
  await tx.execute(sql`
    insert into search_stems (stem)
    select s.stem from unnest(${textArray(stems)}) as s(stem)
    where not exists (select 1 from search_stems known where known.stem = s.stem)`);
  const rows = await tx.execute(sql`select id, stem from search_stems where stem = any(${textArray(stems)})`);
  return new Map(stemsSchema.parse([...rows]).map(({ id, stem }) => [stem, id]));
};

/** Words with their stems' numbers that become part of the lexicon; gives all of theirs. Under `lockIndex`. */
export const numberWords = async (
  tx: Tx,
  words: ReadonlyMap<string, number>,
): Promise<{ known: Map<string, number>; added: LexiconWord[] }> => {
  if (words.size === 0) return { known: new Map(), added: [] };
  const names = [...words.keys()];
  const added = await tx.execute(sql`
    insert into search_words (word, stem_id)
    select w.word, w.stem_id from unnest(${textArray(names)}, ${intArray([...words.values()])}) as w(word, stem_id)
    where not exists (select 1 from search_words known where known.word = w.word)
    returning id, word, stem_id as "stemId", documents`);
  const rows = await tx.execute(sql`
    select id, word, stem_id as "stemId", documents from search_words where word = any(${textArray(names)})`);
  const all = wordsSchema.parse([...rows]);
  return { known: new Map(all.map(({ word, id }) => [word, id])), added: wordsSchema.parse([...added]) };
};

/** Remembers by which hashes new words are found when they are mistyped. */
export const insertDeletions = async (
  tx: Tx,
  deletions: readonly { hash: number; wordId: number }[],
): Promise<void> => {
  if (deletions.length === 0) return;
  const hashes = intArray(deletions.map(({ hash }) => hash));
  const wordIds = intArray(deletions.map(({ wordId }) => wordId));
  await tx.execute(sql`
    insert into search_deletions (hash, word_id) select * from unnest(${hashes}, ${wordIds}) on conflict do nothing`);
};

/** Adds to the counts of words, by their numbers. Under `lockIndex`. */
export const countWords = async (tx: Tx, changes: ReadonlyMap<number, number>): Promise<void> => {
  const changed = [...changes].filter(([, change]) => change !== 0).toSorted(([a], [b]) => a - b);
  if (changed.length === 0) return;
  const ids = intArray(changed.map(([id]) => id));
  const by = intArray(changed.map(([, change]) => change));
  await tx.execute(sql`
    update search_words w set documents = greatest(0, w.documents + c.change)
    from unnest(${ids}, ${by}) as c(id, change) where w.id = c.id`);
};

/** Which of these stems are known, and how common each is. */
export const findStems = async (tx: DbOrTx, stems: readonly string[]): Promise<KnownStem[]> => {
  if (stems.length === 0) return [];
  const rows = await tx.execute(sql`
    select s.id, s.stem, coalesce((select sum(w.documents) from search_words w where w.stem_id = s.id), 0) as documents
    from search_stems s where s.stem = any(${textArray(stems)})`);
  return knownSchema.parse([...rows]);
};

/** Words that share a hash with one that nobody knows: at most `limit`, the commonest first. */
export const findByHashes = async (
  tx: DbOrTx,
  { hashes, limit }: { hashes: readonly number[]; limit: number },
): Promise<LexiconWord[]> => {
  if (hashes.length === 0) return [];
  const rows = await tx.execute(sql`
    select w.id, w.word, w.stem_id as "stemId", w.documents from search_words w
    where w.id in (select d.word_id from search_deletions d where d.hash = any(${intArray(hashes)}))
    order by w.documents desc, w.word limit ${limit}`);
  return wordsSchema.parse([...rows]);
};

/** The commonest words that begin so. */
export const findByPrefix = async (
  tx: DbOrTx,
  { prefix, limit }: { prefix: string; limit: number },
): Promise<LexiconWord[]> => {
  const length = [...prefix].length;
  const begins =
    length <= 2
      ? sql`left(w.word, ${sql.raw(String(Math.max(1, length)))}) = ${prefix} order by w.grade desc nulls last`
      : sql`w.word >= ${prefix} and w.word < ${`${prefix}\u{10ffff}`} order by w.documents desc, w.word`;
  const rows = await tx.execute(sql`
    select w.id, w.word, w.stem_id as "stemId", w.documents from search_words w where ${begins} limit ${limit}`);
  return wordsSchema.parse([...rows]);
};
