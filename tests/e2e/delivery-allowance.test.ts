import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Site, startSite } from "#tests/setup/site.ts";

let site: Site;
let sql: ReturnType<typeof postgres>;
let path = "";

/** A public video of somebody whose month's delivery is used up. */
beforeAll(async () => {
  site = await startSite();
  sql = postgres(site.databaseUrl, { max: 1 });
  const [userId, channelId, videoId] = [randomUUID(), randomUUID(), randomUUID()];
  await sql`insert into users (id, email, username, display_name, role, monthly_delivery_bytes)
    values (${userId}, 'used@example.org', 'used', 'Used', 'creator', 1000)`;
  await sql`insert into channels (id, owner_id, handle, name) values (${channelId}, ${userId}, 'used', 'Used')`;
  await sql`
    insert into videos (id, channel_id, creator_id, title, visibility, status, source_filename, source_size_bytes)
    values (${videoId}, ${channelId}, ${userId}, 'Ранок у горах', 'public', 'ready', 'a.mp4', 1)`;
  await sql`insert into delivery_months (user_id, month, bytes)
    values (${userId}, date_trunc('month', now() at time zone 'utc')::date, 1000)`;
  path = `/watch/${videoId}`;
});
afterAll(async () => {
  await sql?.end();
  await site?.stop();
});

const pageIn = async (language: string): Promise<string> => {
  const response = await fetch(`${site.url}${path}`, { headers: { "Accept-Language": language } });
  expect(response.status).toBe(200);
  return response.text();
};

test("a video whose month's delivery is used up says so in words, in both languages", async () => {
  const english = await pageIn("en");
  expect(english).toContain(">This channel has used its delivery allowance for this month</p>");
  expect(english).toContain("Ранок у горах");
  // As a heading in the player's place; the words alone stand among the messages of every watch page.
  expect(await pageIn("uk")).toContain(">Канал вичерпав обсяг перегляду на цей місяць</p>");
  await sql`update users set monthly_delivery_bytes = null`;
  expect(await pageIn("en")).not.toContain("for this month</p>");
});
