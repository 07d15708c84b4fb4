import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { db, type Tx, transaction } from "#lib/db/client.ts";
import { idArray } from "#lib/db/queries/instance/one-of-ids.ts";
import { findVideoPage } from "#lib/db/queries/videos/video-lists.ts";
import { makeChannel, makeUser } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";

// How lists are read when there are many videos: nobody reads all of them, whatever the order and whatever is looked for.

testDatabase();

const count = 20_000;
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
