import { beforeAll, describe, expect, it } from "vitest";
import type { SearchEngine } from "#lib/search/engine.ts";
import { relevantQueries, relevantVideos } from "#tests/contract/search/relevance-set.ts";
import { addChapter, addSpoken, indexAll, makeFindable, searchFor } from "#tests/factories/findable.ts";
import { makeChannel } from "#tests/factories/rows.ts";

/** Least mean reciprocal rank of the videos that should come first. */
const leastRank = 0.9;

/** How well an engine ranks: 1 when each query has its video first, a half when it is second everywhere. */
export const relevanceContract = (name: string, open: () => SearchEngine): void => {
  describe(`relevance (${name})`, () => {
    const names = new Map<string, string>();

    beforeAll(async () => {
      const channelId = (await makeChannel({ name: "Випуск", handle: "vypusk" })).id;
      for (const [key, { chapters = [], lines = [], ...values }] of Object.entries(relevantVideos)) {
        const { id } = await makeFindable({ ...values, channelId });
        names.set(id, key);
        for (const [at, title] of chapters.entries()) await addChapter(id, at * 60_000, title);
        if (lines.length > 0) await addSpoken(id, lines);
      }
      await indexAll(open());
    });

    const rankOf = async (q: string, expected: string): Promise<number> => {
      const { hits } = await open().search(searchFor(q));
      const at = hits.findIndex(({ videoId }) => names.get(videoId) === expected);
      return at === -1 ? 0 : 1 / (at + 1);
    };

    it(`puts what is meant first: at least ${leastRank} over ${relevantQueries.length} queries`, async () => {
      const ranks: [string, number][] = [];
      for (const [q, expected] of relevantQueries) ranks.push([q, await rankOf(q, expected)]);
      const mean = ranks.reduce((sum, [, rank]) => sum + rank, 0) / ranks.length;
      const missed = ranks.filter(([, rank]) => rank < 1);
      expect(relevantQueries.length).toBeGreaterThanOrEqual(60);
      expect(mean, JSON.stringify(missed)).toBeGreaterThanOrEqual(leastRank);
    });
  });
};
