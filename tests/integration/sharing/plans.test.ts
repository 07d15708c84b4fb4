import { type SQLWrapper, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "#lib/db/client.ts";
import { listFeedVideos, listSitemapStarts, listSitemapVideos } from "#lib/db/queries/sharing/shared-videos.ts";
import { makeChannel, makeUser } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";

// How feeds and site map are read when there are many videos: by an index, in its order, and no more of it than is told.

testDatabase();

let channelId = "";

beforeAll(async () => {
  const owner = await makeUser();
  channelId = (await makeChannel({ ownerId: owner.id })).id;
  const busy = (await makeChannel({ ownerId: owner.id })).id;
  await db().execute(sql`
    insert into videos (id, channel_id, creator_id, title, visibility, status, source_filename, source_size_bytes,
                        published_at, current_run_id)
    select gen_random_uuid(), (case when n % 20 = 0 then ${channelId} else ${busy} end)::uuid, ${owner.id}::uuid,
           'Video ' || n, 'public', 'ready', 'x.mp4', 1, timestamptz '2026-01-01' + n * interval '1 minute',
           gen_random_uuid()
    from generate_series(1, 5000) n`);
  await db().execute(sql`vacuum analyze videos`);
});

/** The plan of a statement that was built and not yet sent. */
const planOf = async (built: unknown): Promise<string> => {
  const rows = await db().execute(sql`explain (costs off) ${(built as SQLWrapper).getSQL()}`);
  return [...rows].map((row) => Object.values(row)[0]).join("\n");
};

describe("plans", () => {
  const from = { publishedAt: new Date("2026-01-03T00:00:00Z"), id: "00000000-0000-0000-0000-000000000000" };

  it("read a page of the site map from its place in the index on", async () => {
    const plan = await planOf(listSitemapVideos(db(), { from, after: true, until: null, limit: 20 }));
    expect(plan).toMatch(/Index Scan Backward using videos_public_idx/);
    expect(plan).not.toMatch(/Seq Scan on videos/);
  });

  it("read a feed from its channel's place in the index on", async () => {
    const plan = await planOf(listFeedVideos(db(), { channelId, limit: 10 }));
    expect(plan).toMatch(/Index Scan using videos_channel_published_idx/);
    expect(plan).not.toMatch(/Seq Scan on videos/);
  });

  it("give every video in exactly one part", async () => {
    const starts = await listSitemapStarts(db(), 1250);
    expect(starts).toHaveLength(4);
    const [first, second] = starts;
    if (first === undefined || second === undefined) throw new Error("four parts");
    const part = await listSitemapVideos(db(), { from: first, after: false, until: null, limit: 1251 });
    expect(part[0]?.id).toBe(first.id);
    expect(part[1250]?.id).toBe(second.id);
  });
});
