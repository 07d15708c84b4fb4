import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { type Db, db, searchDb } from "#lib/db/client.ts";
import { channels } from "#lib/db/schema/index.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

/** One after the other they share one connection, and what it keeps is only seen there. */
const keptBy = async (tx: Db): Promise<string[]> => {
  const rows = await tx.execute(sql`select statement from pg_prepared_statements`);
  return [...rows].map(({ statement }) => String(statement));
};

describe("statements that are asked again and again", () => {
  it("are kept by the server when they search", async () => {
    for (let turn = 0; turn < 2; turn += 1) await searchDb().execute(sql`select ${turn}::int as turn_of_search`);
    expect((await keptBy(searchDb())).filter((text) => text.includes("turn_of_search"))).toHaveLength(1);
  });

  it("are kept by the server when they read, and not when they write", async () => {
    for (let turn = 0; turn < 4; turn += 1) {
      await db()
        .select({ id: channels.id })
        .from(channels)
        .where(eq(channels.name, `channel ${turn}`));
      await db().execute(sql`delete from rate_limits where key = ${`nobody ${turn}`}`);
    }
    const kept = await keptBy(db());
    expect(kept.filter((text) => text.includes('from "channels"'))).toHaveLength(1);
    expect(kept.filter((text) => text.includes("delete from rate_limits"))).toEqual([]);
  });
});
