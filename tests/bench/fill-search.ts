import { once } from "node:events";
import { finished } from "node:stream/promises";
import postgres, { type Sql } from "postgres";
import { analysisVersion, stemWord } from "#lib/search/analysis/stem-word.ts";
import { deletionHashes } from "#lib/search/typos/deletions.ts";
import { copyLine, corpusPeople, type TableLines, videoTables } from "#tests/bench/corpus-lines.ts";
import { type CorpusSize, corpusId } from "#tests/bench/search-corpus.ts";

/** What a corpus is written into; the words by rank. */
type Filling = { sql: Sql; size: CorpusSize; names: readonly string[] };

/** Writes lines into a table as fast as the server takes them. */
const copy = async (sql: Sql, { table, columns, lines }: TableLines): Promise<void> => {
  const stream = await sql.unsafe(`copy ${table} (${columns}) from stdin`).writable();
  let part = "";
  for (const one of lines) {
    part += one;
    if (part.length < 65_536) continue;
    if (!stream.write(part)) await once(stream, "drain");
    part = "";
  }
  stream.end(part);
  await finished(stream);
};

/** Writes the lexicon; gives the numbers of stems by the rank of their words. */
const fillLexicon = async ({ sql, names, size }: Filling): Promise<readonly number[]> => {
  const numbers = new Map<string, number>();
  const stems = names.map((name) => {
    const stem = stemWord(name);
    if (!numbers.has(stem)) numbers.set(stem, numbers.size + 1);
    return numbers.get(stem) ?? 0;
  });
  // About: what Zipf's law gives a word over titles and descriptions.
  const documents = (rank: number) => Math.max(1, Math.round((size.videos * 1.6) / (rank + 1)));
  const stemLines = [...numbers].map(([stem, id]) => copyLine(id, stem));
  await copy(sql, { table: "search_stems", columns: "id, stem", lines: stemLines });
  const words = names.map((name, rank) => copyLine(rank + 1, name, stems[rank] ?? 0, documents(rank)));
  await copy(sql, { table: "search_words", columns: "id, word, stem_id, documents", lines: words });
  const deletions = function* () {
    for (const [rank, name] of names.entries()) {
      const hashes = new Set([...deletionHashes(name), ...deletionHashes(stemWord(name))]);
      for (const hash of hashes) yield copyLine(hash, rank + 1);
    }
  };
  await copy(sql, { table: "search_deletions", columns: "hash, word_id", lines: deletions() });
  return stems;
};

const fillPeople = async ({ sql }: Filling): Promise<void> => {
  const people = Array.from({ length: corpusPeople.people + 1 }, (_, at) => {
    const name = `search-bench-${at}`;
    return copyLine(corpusId(1, at + 1), `${name}@example.org`, name, `Bench ${at}`, "creator");
  });
  await copy(sql, { table: "users", columns: "id, email, username, display_name, role", lines: people });
  const channels = Array.from({ length: corpusPeople.channels }, (_, at) =>
    copyLine(corpusId(2, at), corpusId(1, 1), `bench-${at}`, `Bench ${at}`),
  );
  await copy(sql, { table: "channels", columns: "id, owner_id, handle, name", lines: channels });
  const keys = Array.from({ length: corpusPeople.channels }, (_, at) => [
    copyLine(corpusId(2, at), `bench ${at}`),
    copyLine(corpusId(2, at), `bench-${at}`),
  ]);
  await copy(sql, { table: "search_channels", columns: "channel_id, key", lines: keys.flat() });
};

/** Takes the indexes of tables away that no constraint needs, and gives what makes them anew. */
const dropIndexes = async (sql: Sql, tables: readonly string[]): Promise<string[]> => {
  const indexes = await sql<{ name: string; made: string }[]>`
    select c.relname as name, pg_get_indexdef(i.indexrelid) as made
    from pg_index i join pg_class c on c.oid = i.indexrelid
    where i.indrelid = any(${[...tables]}::text[]::regclass[])
      and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)`;
  for (const { name } of indexes) await sql`drop index ${sql(name)}`;
  return indexes.map(({ made }) => made);
};

/**
 * Fills a migrated database with a corpus, popular videos first, and builds the indexes of its large tables afterwards.
 * `say` hears how far it is.
 */
export const fillSearch = async (input: {
  databaseUrl: string;
  size: CorpusSize;
  names: readonly string[];
  say?: (line: string) => void;
}): Promise<void> => {
  const { databaseUrl, size, names, say = () => undefined } = input;
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    const filling = { sql, size, names };
    // Neither triggers nor foreign keys: what is copied fits.
    await sql`set session_replication_role = replica`;
    await sql`set maintenance_work_mem = '512MB'`;
    await fillPeople(filling);
    const tables = videoTables({ size, names, stems: await fillLexicon(filling) });
    const indexes = await dropIndexes(
      sql,
      tables.map(({ table }) => table),
    );
    for (const lines of tables) {
      say(`${new Date().toISOString()} ${lines.table}`);
      await copy(sql, lines);
    }
    for (const made of indexes) {
      say(`${new Date().toISOString()} ${made}`);
      await sql.unsafe(made);
    }
    await sql`update search_engines set analysis_version = ${analysisVersion}, checked_at = now()`;
    await sql`vacuum analyze`;
  } finally {
    await sql.end({ timeout: 5 });
  }
};
