import { type Db, searchDb } from "#lib/db/client.ts";
import {
  findByHashes,
  findByPrefix,
  findStems,
  type KnownStem,
  type LexiconWord,
} from "#lib/db/queries/search/lexicon.ts";
import { createShortMemory } from "#lib/search/short-memory.ts";

/** What queries are understood by. */
export type Lexicon = {
  /** Which of these stems are known, in no order; `along` are told too where anything has to be asked for. */
  stems: (stems: readonly string[], along?: readonly string[]) => Promise<KnownStem[]>;
  /** The commonest words that begin so. */
  beginning: (input: { prefix: string; limit: number }) => Promise<LexiconWord[]>;
  /** Words that share one of these hashes, the commonest first. */
  near: (hashes: readonly number[]) => Promise<LexiconWord[]>;
};

/** For how long; counts of documents are then as old. */
const ageMs = 60_000;
/** Most stems, beginnings and typos that are remembered: some megabytes. */
const most = { stems: 20_000, beginnings: 2_000, typos: 2_000 };
/** Words with more, of some fifty letters, are nobody's second time. */
const mostHashes = 100;
/** Most words that are looked at for one mistyped. */
const mostNear = 50;

/**
 * A lexicon that remembers for a minute what few words make up most of what people type. Words keep their numbers for ever,
 * so that only counts get old. What is not there is asked for each time: it may be a moment later, when somebody's video
 * was indexed; so are lists with room for one more word.
 */
export const rememberLexicon = (lexicon: Lexicon): Lexicon => {
  const known = createShortMemory<KnownStem>({ ageMs, most: most.stems });
  const begun = createShortMemory<LexiconWord[]>({ ageMs, most: most.beginnings });
  const mistyped = createShortMemory<LexiconWord[]>({ ageMs, most: most.typos });
  return {
    stems: async (stems, along = []) => {
      const remembered = stems.flatMap((stem) => known.get(stem) ?? []);
      if (remembered.length === stems.length) return remembered;
      const told = new Set(remembered.map(({ stem }) => stem));
      const found = await lexicon.stems([...new Set([...stems, ...along])].filter((stem) => !told.has(stem)));
      for (const one of found) if (one.documents > 0) known.put(one.stem, one);
      return [...remembered, ...found];
    },
    beginning: async ({ prefix, limit }) => {
      const key = `${limit} ${prefix}`;
      const remembered = begun.get(key);
      if (remembered !== undefined) return remembered;
      const found = await lexicon.beginning({ prefix, limit });
      // A new word stands in one video, so that a full list of words of several has no place for it.
      if (found.length === limit && (found.at(-1)?.documents ?? 0) > 1) begun.put(key, found);
      return found;
    },
    near: async (hashes) => {
      if (hashes.length > mostHashes) return lexicon.near(hashes);
      const key = hashes.join(" ");
      const remembered = mistyped.get(key);
      if (remembered !== undefined) return remembered;
      const found = await lexicon.near(hashes);
      if (found.length > 0) mistyped.put(key, found);
      return found;
    },
  };
};

const makeLexicon = (db: Db): Lexicon =>
  rememberLexicon({
    stems: (stems) => findStems(db, stems),
    beginning: (input) => findByPrefix(db, input),
    near: (hashes) => findByHashes(db, { hashes, limit: mostNear }),
  });

// Next bundles pages and routes apart; a process has one memory for each connection to a database.
const globals = globalThis as typeof globalThis & { kinoraLexicons?: WeakMap<Db, Lexicon> };

/** The lexicon of the database, as remembered by this process. */
export const lexicon = (): Lexicon => {
  const db = searchDb();
  globals.kinoraLexicons ??= new WeakMap();
  const made = globals.kinoraLexicons.get(db) ?? makeLexicon(db);
  globals.kinoraLexicons.set(db, made);
  return made;
};
