import postgres from "postgres";
import { expect, test } from "vitest";
import { z } from "zod";
import { makePlaybackToken } from "#lib/playback/playback-tokens.ts";
import { makeFindable } from "#tests/factories/findable.ts";
import { makePerson } from "#tests/factories/people.ts";
import { makeRequest, withParams } from "#tests/factories/requests.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { GET as getVideo } from "../../../app/api/v1/videos/[videoId]/route.ts";
import { GET as listVideos } from "../../../app/api/v1/videos/route.ts";

const database = testDatabase();

const pageSchema = z.object({ items: z.array(z.object({ id: z.string(), title: z.string(), editable: z.boolean() })) });

const listAs = async (as: Parameters<typeof makeRequest>[0]["as"] = null) => {
  const response = await listVideos(makeRequest({ path: "/api/v1/videos?limit=5", as }));
  expect(response.status).toBe(200);
  return pageSchema.parse(await response.json()).items;
};

/** Asked so often that strangers share the answer. */
const settle = async () => {
  for (const _ of [1, 2, 3]) await listAs();
};

/** Runs a statement as another process would: on a connection of its own. */
const elsewhere = async (work: (sql: postgres.Sql) => Promise<unknown>) => {
  const sql = postgres(database.url, { max: 1 });
  await work(sql);
  await sql.end();
};

test("what another process hides is in no answer to a request that comes afterwards", async () => {
  const { id } = await makeFindable({ title: "Soon hidden" });
  await settle();
  expect((await listAs()).map((video) => video.id)).toContain(id);
  await elsewhere((sql) => sql`update videos set visibility = 'private' where id = ${id}`);
  expect((await listAs()).map((video) => video.id)).not.toContain(id);
});

test("an open transaction changes nothing, its commit does", async () => {
  const { id } = await makeFindable({ title: "Before" });
  await settle();
  await elsewhere((sql) =>
    sql.begin(async (tx) => {
      await tx`update videos set title = 'After' where id = ${id}`;
      await settle();
      expect((await listAs()).find((video) => video.id === id)?.title).toBe("Before");
    }),
  );
  expect((await listAs()).find((video) => video.id === id)?.title).toBe("After");
});

test("whoever is signed in gets an answer of their own, and strangers none of theirs", async () => {
  const owner = await makePerson();
  const { id } = await makeFindable({ title: "Mine", channelId: owner.channelId });
  await settle();
  expect((await listAs(owner)).find((video) => video.id === id)?.editable).toBe(true);
  expect((await listAs()).find((video) => video.id === id)?.editable).toBe(false);
});

test("a playback token that was revoked opens nothing, however often it was used before", async () => {
  const owner = await makePerson();
  const { id } = await makeFindable({ title: "By token", channelId: owner.channelId, visibility: "private" });
  const wanted = { expiresAt: new Date(Date.now() + 60_000).toISOString(), note: "", sites: [] };
  const made = await makePlaybackToken({ viewer: owner.account, videoId: id, token: wanted });
  const open = async () =>
    (await getVideo(makeRequest({ path: `/api/v1/videos/${id}?token=${made.token}` }), withParams({ videoId: id })))
      .status;
  for (const _ of [1, 2, 3]) expect(await open()).toBe(200);
  await elsewhere((sql) => sql`update playback_tokens set revoked_at = now() where id = ${made.id}`);
  expect(await open()).toBe(403);
});
