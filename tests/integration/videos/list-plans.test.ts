import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { db, type Tx, transaction } from "#lib/db/client.ts";
import { idArray } from "#lib/db/queries/instance/one-of-ids.ts";
import { listAdminVideoLines } from "#lib/db/queries/videos/admin-videos.ts";
import { findVideoPage, videoSorts } from "#lib/db/queries/videos/video-lists.ts";
import { makeChannel, makeUser, makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";

// How lists are read when there are many videos: nobody reads all of them, whatever the order and whatever is looked for.

testDatabase();

const count = 20_000;
/** Rows that a list of twenty may cost: what it tells, what it passes over, and a part of the table that is none. */
const fewRows = 500;

let owner: { id: string };
let own: { id: string; handle: string };

/** Every title says "Video"; every hundredth "monthly", one in each thousand "Хмаринка", and a word of its own of two letters. */
const fill = async (): Promise<void> => {
  owner = await makeUser();
  own = await makeChannel({ ownerId: owner.id });
  const busy: string[] = [];
  for (let made = 0; made < 20; made += 1) busy.push((await makeChannel()).id);
  await transaction(async (tx) => {
    await tx.execute(sql`
      insert into videos (id, channel_id, creator_id, title, visibility, status, source_filename, source_size_bytes, published_at)
      select gen_random_uuid(), (case when n % 200 = 0 then ${own.id} else (${idArray(busy)})[1 + n % 20]::text end)::uuid, ${owner.id}::uuid,
        'Video ' || md5(n::text) || case when n % 100 = 0 then ' monthly' else '' end
          || case when n % 1000 = 7 then ' (Хмаринка) qz' else '' end,
        case when n % 10 = 3 then 'private' else 'public' end, 'ready', 'x.mp4', 1,
        timestamptz '2026-01-01' + n * interval '1 minute'
      from generate_series(1, ${count}) n`);
  });
  await db().execute(sql`vacuum analyze`);
};

const readSchema = z.object({ whole: z.coerce.number(), rows: z.coerce.number() });

/** What a list gives, how often it reads the table of videos as a whole, and how many rows of it. */
const measured = async <T>(list: (tx: Tx) => Promise<readonly T[]>) =>
  transaction(async (tx) => {
    const read = async () => {
      const [row] = await tx.execute(sql`
        select seq_scan as whole, seq_tup_read + idx_tup_fetch as rows from pg_stat_xact_user_tables where relname = 'videos'`);
      return readSchema.parse(row);
    };
    const before = await read();
    const found = await list(tx);
    const after = await read();
    return { found: found.length, whole: after.whole - before.whole, rows: after.rows - before.rows };
  });

beforeAll(fill);

describe("everybody's list", () => {
  const after = { value: new Date("2026-01-08T00:00:00Z"), id: "00000000-0000-0000-0000-000000000000" };

  it.each(["newest", "oldest"] as const)("is read from its place in the index on: %s", async (sort) => {
    for (const place of [{}, { after }]) {
      const filter = { publicOnly: true, sort, limit: 21, ...place };
      const { found, whole, rows } = await measured(async (tx) => (await findVideoPage(tx, filter)).rows);
      expect({ found, whole }).toEqual({ found: 21, whole: 0 });
      expect(rows).toBeLessThan(100);
    }
  });
});

/** What is asked for, and how many videos of a page of twenty (and one more) it leads to at least. */
const questions: [string, number][] = [
  ["video", 21],
  ["monthly", 21],
  ["хмаринка", 18],
  ["ХМАРИН", 18],
  ["qz", 18],
  ["1f", 0],
  ["v", 21],
  ["nowhere at all", 0],
  ["zz", 0],
];

describe("videos by a part of their title", () => {
  const titles = ['About "AI" and (ML)', "Сон-трава", "夜の東京を歩く", "C++/Go", "50% off_now"];
  const found = async (titleContains: string) =>
    (await findVideoPage(db(), { publicOnly: true, titleContains, sort: "newest", limit: 21 })).rows.map(
      ({ title }) => title,
    );

  it("finds few letters where a word begins with them, whatever stands before it", async () => {
    const channelId = (await makeChannel()).id;
    for (const title of titles)
      await makeVideo({ channelId, title, visibility: "public", status: "ready", publishedAt: new Date() });
    for (const [q, title] of [
      ...(["AI", "ml", "a"].map((q) => [q, titles[0]]) as [string, string][]),
      ...([
        ["тр", titles[1]],
        ["東京", titles[2]],
        ["夜", titles[2]],
        ["c++", titles[3]],
      ] as [string, string][]),
      ...([
        ["go", titles[3]],
        ["no", titles[4]],
        ["50%", titles[4]],
        ["%", titles[4]],
      ] as [string, string][]),
    ]) {
      expect(await found(q), q).toContain(title);
    }
    for (const q of ["ot", "он", ".*", "(x"]) expect(await found(q), q).toEqual([]);
  });

  it.each(questions)("everybody's list reads few rows for %j", async (titleContains, least) => {
    for (const sort of videoSorts) {
      const filter = { publicOnly: true, titleContains, sort, limit: 21 };
      const { found, whole, rows } = await measured(async (tx) => (await findVideoPage(tx, filter)).rows);
      expect(found).toBeGreaterThanOrEqual(Math.min(least, 18));
      expect([sort, whole]).toEqual([sort, 0]);
      expect(rows, sort).toBeLessThan(fewRows);
    }
  });

  it.each(questions)("a channel's and a member's list reads few rows for %j", async (titleContains) => {
    const filter = { titleContains, sort: "newest", limit: 21 } as const;
    for (const whose of [
      { ...filter, publicOnly: true, channel: own.handle },
      { ...filter, publicOnly: false, memberId: owner.id },
    ]) {
      const { whole, rows } = await measured(async (tx) => (await findVideoPage(tx, whose)).rows);
      expect(whole).toBe(0);
      expect(rows).toBeLessThan(fewRows);
    }
  });

  it.each(questions)("an admin's list reads few rows for %j", async (text, least) => {
    const { found, whole, rows } = await measured((tx) => listAdminVideoLines(tx, { text, limit: 21 }));
    expect(found).toBeGreaterThanOrEqual(least);
    expect(whole).toBe(0);
    expect(rows).toBeLessThan(fewRows);
  });

  it("an admin finds by channel and by owner too", async () => {
    const { found, whole, rows } = await measured((tx) => listAdminVideoLines(tx, { text: own.handle, limit: 21 }));
    expect({ found, whole }).toEqual({ found: 21, whole: 0 });
    expect(rows).toBeLessThan(fewRows);
  });
});
