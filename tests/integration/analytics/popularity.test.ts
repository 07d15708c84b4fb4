import { type SQL, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { videos } from "#lib/db/schema/index.ts";
import { listVideos } from "#lib/videos/list-videos.ts";
import { makeChannel, makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

const known = new Map<string, { score: number; views: number }>();

beforeAll(async () => {
  const { id: channelId, ownerId: creatorId } = await makeChannel();
  for (let number = 0; number < 25; number += 1) {
    const [score, views] = [[0, 12.25, 160.123456789, 160.123456788][number % 4] ?? 0, (number * 7) % 5];
    const { id } = await makeVideo({
      ...{ channelId, creatorId, status: "ready", visibility: "public", publishedAt: new Date() },
      ...{ trendScore: score, viewCount: views },
    });
    known.set(id, { score, views });
  }
  for (const hidden of [{ visibility: "private" as const }, { takenDownAt: new Date() }, { deletedAt: new Date() }]) {
    await makeVideo({
      ...{ channelId, creatorId, status: "ready", visibility: "public", publishedAt: new Date(), trendScore: 999 },
      ...{ viewCount: 999, ...hidden },
    });
  }
});

const pages = async (sort: "trending" | "popular") => {
  const ids: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const query = { sort, limit: 4, ...(cursor === undefined ? {} : { cursor }) };
    const page = await listVideos({ viewer: null, query });
    ids.push(...page.items.map(({ id }) => id));
    if (page.nextCursor === null) return ids;
    cursor = page.nextCursor;
  }
};

test.each(["trending", "popular"] as const)(
  "a list of what is %s has every public video once, best first",
  async (sort) => {
    const measure = (id: string) => known.get(id)?.[sort === "trending" ? "score" : "views"] ?? -1;
    const expected = [...known.keys()].toSorted(
      (one, other) => measure(other) - measure(one) || (one < other ? 1 : -1),
    );
    expect(await pages(sort)).toEqual(expected);
  },
);

test("lists refuse a cursor of another order", async () => {
  const { nextCursor } = await listVideos({ viewer: null, query: { sort: "popular", limit: 2 } });
  for (const cursor of [nextCursor ?? "", Buffer.from('["1e999","x"]').toString("base64url")]) {
    const asked = listVideos({ viewer: null, query: { sort: "newest", cursor } });
    await expect(asked).rejects.toMatchObject({ code: "invalid_input", fields: { cursor: "cursor_unknown" } });
  }
});

/** The plan of a page of public videos under a condition, in an order; reading all and sorting count as a last resort. */
const planOf = async (condition: SQL, column: string): Promise<string> => {
  const rows = await db().transaction(async (tx) => {
    await tx.execute(sql`set local enable_seqscan = off`);
    await tx.execute(sql`set local enable_sort = off`);
    return tx.execute<{ "QUERY PLAN": string }>(sql`
      explain select id from ${videos}
      where deleted_at is null and visibility = 'public' and status = 'ready' and ${condition}
      order by ${sql.raw(column)} desc nulls last, id desc nulls last limit 20`);
  });
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
};

test.each([
  ["trend_score", "float8", "videos_trending_idx"],
  ["view_count", "bigint", "videos_popular_idx"],
])("a page by %s is a scan of its index", async (column, type, index) => {
  const position = sql`(5::${sql.raw(type)}, '00000000-0000-7000-8000-000000000000'::uuid)`;
  const text = await planOf(sql`(${sql.raw(column)}, id) < ${position}`, column);
  expect(text).toContain(`using ${index}`);
  expect(text).toContain("Index Cond");
  expect(text).not.toContain("Sort");
});

test("a channel's most watched videos are a scan of its own index", async () => {
  const channel = sql`(select named.id from channels named where named.handle = 'somebody'::citext)`;
  const text = await planOf(sql`channel_id = ${channel}`, "view_count");
  expect(text).toContain("using videos_channel_popular_idx");
  expect(text).toContain("Index Cond: (channel_id =");
  expect(text).not.toContain("Sort");
});
