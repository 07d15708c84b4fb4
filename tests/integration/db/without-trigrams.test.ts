import { readFile } from "node:fs/promises";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db, transaction } from "#lib/db/client.ts";
import { listVideos } from "#lib/videos/list-videos.ts";
import { makeFindable } from "#tests/factories/findable.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

const migration = new URL("../../../drizzle/0025_titles-by-trigrams.sql", import.meta.url);
const hasIndex = async () =>
  (await db().execute(sql`select to_regclass('videos_title_idx') is not null as "isThere"`))[0]?.isThere;

test("a database that does not let its owner have trigrams is migrated, and titles are looked through all the same", async () => {
  const { id } = await makeFindable({ title: "Сон-трава" });
  expect(await hasIndex()).toBe(true);
  await db().execute(sql`drop extension pg_trgm cascade`);
  expect(await hasIndex()).toBe(false);
  const role = `kinora_owner_${process.pid}`;
  await transaction(async (tx) => {
    // It may create nothing in the database, as no role may that was not allowed to.
    await tx.execute(sql.raw(`create role ${role}`));
    await tx.execute(sql.raw(`set local role ${role}`));
    await tx.execute(sql.raw(await readFile(migration, "utf8")));
    await tx.execute(sql`reset role`);
    await tx.execute(sql.raw(`drop role ${role}`));
  });
  expect(await hasIndex()).toBe(false);
  for (const q of ["трава", "ТРАВ", "со"]) {
    expect((await listVideos({ viewer: null, query: { q } })).items.map((video) => video.id)).toEqual([id]);
  }
  await db().execute(sql.raw(await readFile(migration, "utf8")));
  expect(await hasIndex()).toBe(true);
});
