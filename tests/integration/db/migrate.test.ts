import { expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { migrate } from "#lib/db/migrate.ts";
import { testDatabase } from "#tests/setup/database.ts";

const database = testDatabase();

test("a clone has every table and the queue", async () => {
  const rows = await db().execute(
    "select to_regclass('videos') as videos, to_regclass('graphile_worker.jobs') as jobs",
  );
  expect(rows[0]).toEqual({ videos: "videos", jobs: "graphile_worker.jobs" });
});

test("migrating again, and from two processes at once, changes nothing and breaks nothing", async () => {
  const count = async () => (await db().execute("select count(*)::int as n from drizzle.__drizzle_migrations"))[0];
  const before = await count();
  await Promise.all([migrate(), migrate(), migrate({ databaseUrl: database.url })]);
  expect(await count()).toEqual(before);
});

test("an absent server is reported as unavailable after the wait", async () => {
  const absent = migrate({ databaseUrl: "postgres://nobody:none@127.0.0.1:1/none", waitMs: 300 });
  await expect(absent).rejects.toMatchObject({ code: "unavailable" });
});

test("Cyrillic letters fold, are found by word and compare without case", async () => {
  const rows = await db().execute(
    "select lower('ЇЖАК') as lower, to_tsvector('simple', 'Київ, Їжак') @@ to_tsquery('simple', 'їжак') as found, 'Ґанок'::citext = 'ґАНОК' as same",
  );
  expect(rows[0]).toEqual({ lower: "їжак", found: true, same: true });
});
