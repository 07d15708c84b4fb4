import { afterEach, describe, expect, test } from "vitest";
import { overrideEnv } from "#lib/env.ts";
import type { Person } from "#tests/factories/people.ts";
import { makeRequest, withParams } from "#tests/factories/requests.ts";
import { makeTalk } from "#tests/factories/talk.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { type Handlers, handlersOf } from "../api/access/scene.ts";

testDatabase();
afterEach(() => overrideEnv({ RATE_LIMITS: "off", RATE_LIMIT_COMMENT: undefined }));

type Call = {
  route: string;
  method: string;
  as: Person | null;
  params?: Record<string, string>;
  body?: unknown;
  query?: string;
};

/** Calls a route as a browser does; the answer's status and JSON. */
const call = async ({ route, method, as, params = {}, body, query = "" }: Call) => {
  const handlers: Handlers = await handlersOf(`app/api/v1/${route}/route.ts`);
  const request = makeRequest({ method, path: `/${query}`, as, ...(body === undefined ? {} : { body }) });
  const response = await handlers[method]?.(request, withParams(params));
  if (response === undefined) throw new Error(`${route} does not answer ${method}`);
  const text = await response.text();
  return { status: response.status, json: text === "" ? null : JSON.parse(text), headers: response.headers };
};

describe("what people do, over HTTP", () => {
  test("comes back in every list of theirs", async () => {
    const { videoId, handle, one, write } = await makeTalk();
    const own = { as: one, params: { videoId } };
    await call({ ...own, route: "videos/[videoId]/like", method: "PUT" });
    await call({ ...own, route: "videos/[videoId]/watch-progress", method: "PUT", body: { positionMs: 9000 } });
    await call({ ...own, route: "me/watch-later/[videoId]", method: "PUT" });
    const subscription = { route: "channels/[handle]/subscription", method: "PUT", as: one, params: { handle } };
    expect((await call({ ...subscription, body: {} })).json).toEqual({
      subscribers: 1,
      subscribed: true,
      notify: "all",
    });
    const { json: list } = await call({ route: "me/playlists", method: "POST", as: one, body: { title: "Films" } });
    const items = { route: "playlists/[playlistId]/items", as: one, params: { playlistId: list.id } };
    expect((await call({ ...items, method: "POST", body: { videoId } })).status).toBe(201);
    const read = async (route: string) => (await call({ route, method: "GET", as: one })).json;
    for (const route of ["me/likes", "me/feed"]) {
      expect(await read(route), route).toMatchObject({ items: [{ id: videoId }], nextCursor: null });
    }
    for (const route of ["me/watch-later", "me/history"]) {
      expect(await read(route), route).toMatchObject({ items: [{ video: { id: videoId } }], nextCursor: null });
    }
    expect(await read("me/playlists")).toMatchObject({ items: [{ id: list.id, videos: 1, editable: true }] });
    expect(await read("me/subscriptions")).toMatchObject({ items: [{ channel: { handle }, subscribers: 1 }] });
    await write(one, "At 0:05");
    const comments = { route: "videos/[videoId]/comments", method: "GET", as: null, params: { videoId } };
    expect((await call(comments)).json).toMatchObject({
      items: [{ text: "At 0:05", author: { username: one.account.username, ofChannel: false } }],
      ...{ count: 1, mayComment: false, mayModerate: false },
    });
  });

  test("refuses what is too long, unknown or not ours, with the field's name", async () => {
    const { videoId, one } = await makeTalk();
    const post = { route: "videos/[videoId]/comments", method: "POST", as: one, params: { videoId } };
    for (const body of [{ text: "" }, { text: "x".repeat(5001) }, { text: "x", extra: 1 }, {}]) {
      expect((await call({ ...post, body })).status).toBe(400);
    }
    const lists = { route: "me/playlists", method: "GET", as: one };
    const { status, json } = await call({ ...lists, query: "?cursor=x" });
    expect([status, json.error.code, Object.keys(json.error.fields)]).toEqual([400, "invalid_input", ["cursor"]]);
  });

  test("counts comments of an account against a limit of their own", async () => {
    overrideEnv({ RATE_LIMITS: "on", RATE_LIMIT_COMMENT: "1/300" });
    const { videoId, one } = await makeTalk();
    const body = { text: "Hello" };
    const post = { route: "videos/[videoId]/comments", method: "POST", as: one, params: { videoId }, body };
    const first = await call(post);
    expect([first.status, first.headers.get("ratelimit-policy")]).toEqual([
      201,
      expect.stringContaining('"comment";q=1;w=300'),
    ]);
    expect((await call(post)).status).toBe(429);
  });
});
