import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "#lib/db/client.ts";
import { postgresEngine } from "#lib/search/postgres/postgres-engine.ts";
import { fillSearch } from "#tests/bench/fill-search.ts";
import { corpusId, makeQueries, makeVideos, makeWords } from "#tests/bench/search-corpus.ts";
import { searchFor } from "#tests/factories/findable.ts";
import { testDatabase } from "#tests/setup/database.ts";

const given = testDatabase();

const size = { videos: 300, words: 600, cuesPerVideo: 3 };
const names = makeWords(size.words);

describe("the corpus of the bench", () => {
  beforeAll(() => fillSearch({ databaseUrl: given.url, size, names }));

  it("is the same each time", () => {
    expect([...makeVideos(size)]).toEqual([...makeVideos(size)]);
    expect(new Set(names).size).toBe(size.words);
  });

  it("is found by titles and by what is said", async () => {
    for (const { index, title, cues } of [...makeVideos(size)].slice(0, 20)) {
      const text = title.map((rank) => names[rank]).join(" ");
      const { hits } = await postgresEngine.search(searchFor(text, { limit: 50 }));
      expect(hits.map(({ videoId }) => videoId)).toContain(corpusId(3, index));
      const said = (cues[0] ?? []).map((rank) => names[rank]).join(" ");
      const spoken = await postgresEngine.search(searchFor(said, { limit: 50 }));
      expect(spoken.hits.find(({ videoId }) => videoId === corpusId(3, index))?.cues[0]?.startMs).toBeDefined();
    }
  });

  it("has queries of which nearly all find something", async () => {
    const queries = makeQueries({ ...size, names, count: 60 });
    let found = 0;
    for (const q of queries) if ((await postgresEngine.search(searchFor(q))).hits.length > 0) found += 1;
    expect(found / queries.length).toBeGreaterThan(0.95);
  });

  it("has its indexes of codes again", async () => {
    const rows = await db().execute(
      sql`select indexname from pg_indexes where tablename = 'search_documents' and indexdef like '%gin%' order by 1`,
    );
    expect([...rows].map(({ indexname }) => indexname)).toEqual([
      "search_documents_best_idx",
      "search_documents_good_idx",
      "search_documents_rest_idx",
    ]);
  });
});
