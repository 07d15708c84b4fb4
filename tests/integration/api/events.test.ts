import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { users } from "#lib/db/schema/index.ts";
import { deleteVideo } from "#lib/videos/delete-video.ts";
import { editVideo } from "#lib/videos/edit-video.ts";
import { viewerFromRequest } from "#lib/web/identity/viewer-from-request.ts";
import { eventStreamResponse } from "#lib/web/streams/event-stream.ts";
import { closeEventStreams, openStreamCount, reopenEventStreams } from "#lib/web/streams/event-streams.ts";
import { listenTo } from "#tests/factories/event-client.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeRequest } from "#tests/factories/requests.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { serveRoutes } from "#tests/setup/serve-routes.ts";
import { waitFor } from "#tests/setup/wait-for.ts";
import { GET as mineRoute } from "../../../app/api/v1/me/events/route.ts";
import { GET as oneRoute } from "../../../app/api/v1/videos/[videoId]/events/route.ts";

testDatabase();

let owner: Person;
let other: Person;
let server: Awaited<ReturnType<typeof serveRoutes>>;

beforeAll(async () => {
  [owner, other] = [await makePerson(), await makePerson()];
  server = await serveRoutes([
    { path: /^\/mine$/, module: { GET: mineRoute } },
    { path: /^\/videos\/(?<videoId>[^/]+)$/, module: { GET: oneRoute } },
  ]);
});
afterEach(async () => {
  closeEventStreams();
  reopenEventStreams();
  await waitFor({ what: "the streams' count", until: () => openStreamCount() === 0 });
});
afterAll(async () => {
  await server.stop();
});

const make = (person: Person, visibility: "private" | "public" = "private") =>
  makeVideo({ creatorId: person.account.id, channelId: person.channelId, status: "ready", visibility });
const retitle = (person: Person, videoId: string, title: string) =>
  editVideo({ viewer: person.account, videoId, patch: { title } });

describe("GET /me/events", () => {
  test("tells changes of the caller's videos with the video itself, and nobody else's", async () => {
    const [own, foreign] = [await make(owner), await make(other, "public")];
    const stream = await listenTo(`${server.url}/mine`, { cookie: owner.cookie });
    expect(stream.response.headers.get("content-type")).toContain("text/event-stream");
    expect(stream.response.headers.get("cache-control")).toBe("no-cache, no-transform");
    await stream.next((event) => event.data.id === own.id);
    await retitle(other, foreign.id, "Not yours");
    await retitle(owner, own.id, "Yours");
    const heard = await stream.next((event) => event.data.title === "Yours");
    expect(heard).toMatchObject({ name: "changed", data: { id: own.id, status: "ready" } });
    expect(stream.heard.filter((event) => event.data.id === foreign.id)).toEqual([]);
    stream.stop();
  });

  test("tells that a video was deleted", async () => {
    const own = await make(owner);
    const stream = await listenTo(`${server.url}/mine`, { cookie: owner.cookie });
    await stream.next((event) => event.data.id === own.id);
    await deleteVideo({ viewer: owner.account, videoId: own.id });
    expect((await stream.next((event) => event.name === "deleted")).data.id).toBe(own.id);
    stream.stop();
  });

  test("tells of the videos that it is asked to watch, as far as the caller may see them", async () => {
    const [open, hidden] = [await make(other, "public"), await make(other)];
    const query = `?only=notifications&watch=${hidden.id},${open.id}`;
    const stream = await listenTo(`${server.url}/mine${query}`, { cookie: owner.cookie });
    const first = await stream.next(({ name }) => name === "watched");
    expect(first.data).toMatchObject({ event: "changed", video: { id: open.id } });
    await retitle(other, hidden.id, "Not for you");
    await retitle(other, open.id, "For all");
    await stream.next(({ data: { video } }) => video?.title === "For all");
    await retitle(owner, (await make(owner)).id, "Left out");
    await retitle(other, hidden.id, "Nor now");
    await retitle(other, open.id, "At last");
    await stream.next(({ data: { video } }) => video?.title === "At last");
    const heard = stream.heard.filter(({ name }) => name !== "notification");
    expect(heard.filter(({ data: { video } }) => video?.id !== open.id)).toEqual([]);
    stream.stop();
  });

  test.each([
    ["an unknown choice", "?only=videos"],
    ["no ids", "?watch=1,2"],
    ["too many ids", `?watch=${Array.from({ length: 21 }, () => crypto.randomUUID()).join()}`],
    ["an unknown parameter", "?all=1"],
  ])("refuses %s", async (_what, query) => {
    const answer = await mineRoute(makeRequest({ as: owner, path: `/api/v1/me/events${query}` }));
    expect(answer.status).toBe(400);
    expect((await answer.json()).error.code).toBe("invalid_input");
  });

  test("is refused for another account than the caller: a page that was drawn for somebody else hears nothing", async () => {
    const as = (account: string) => mineRoute(makeRequest({ as: owner, path: `/api/v1/me/events?account=${account}` }));
    expect((await as(other.account.id)).status).toBe(403);
    expect((await as(owner.account.id)).status).toBe(200);
  });

  test("gives its place back when the client goes", async () => {
    const stream = await listenTo(`${server.url}/mine`, { cookie: owner.cookie });
    await waitFor({ what: "the streams' count", until: () => openStreamCount() === 1 });
    stream.stop();
    await waitFor({ what: "the streams' count", until: () => openStreamCount() === 0 });
  });

  test("asked with HEAD tells its headers and holds nothing open", async () => {
    // Next answers HEAD with the GET handler, drops the body unread and never aborts the request's signal.
    const answers = await Promise.all(
      Array.from({ length: 3 }, () => mineRoute(makeRequest({ method: "HEAD", as: owner }))),
    );
    expect(answers.map(({ status, body }) => ({ status, body }))).toEqual(Array(3).fill({ status: 200, body: null }));
    expect(answers[0]?.headers.get("content-type")).toContain("text/event-stream");
    expect(openStreamCount()).toBe(0);
  });

  test("lets one account hold so many and no more", async () => {
    const open = () => mineRoute(makeRequest({ as: other }));
    const statuses = await Promise.all(Array.from({ length: 21 }, async () => (await open()).status));
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    expect((await mineRoute(makeRequest({ as: owner }))).status).toBe(200);
  });

  test("ends when the process stops, and no new one begins", async () => {
    const stream = await listenTo(`${server.url}/mine`, { cookie: owner.cookie });
    closeEventStreams();
    expect(await stream.ended).toBe("ended");
    expect((await mineRoute(makeRequest({ as: owner }))).status).toBe(503);
  });
});

describe("GET /videos/{id}/events", () => {
  test("begins with the present state and follows", async () => {
    const video = await make(owner, "public");
    const stream = await listenTo(`${server.url}/videos/${video.id}`, {});
    expect((await stream.next(() => true)).data.id).toBe(video.id);
    await retitle(owner, video.id, "Seen by all");
    await stream.next((event) => event.data.title === "Seen by all");
    stream.stop();
  });

  test("falls silent for strangers once the video is private", async () => {
    const video = await make(owner, "public");
    const [stranger, own] = await Promise.all([
      listenTo(`${server.url}/videos/${video.id}`, {}),
      listenTo(`${server.url}/videos/${video.id}`, { cookie: owner.cookie }),
    ]);
    await Promise.all([stranger.next(() => true), own.next(() => true)]);
    await editVideo({ viewer: owner.account, videoId: video.id, patch: { visibility: "private", title: "Secret" } });
    await own.next((event) => event.data.title === "Secret");
    expect(stranger.heard.filter((event) => event.data.title === "Secret")).toEqual([]);
    stranger.stop();
    own.stop();
  });
});

test("a stream ends soon after its session was revoked", async () => {
  const person = await makePerson();
  const request = makeRequest({ as: person });
  const response = eventStreamResponse({
    subject: person.account.id,
    clientSignal: request.signal,
    stillAllowed: async () => (await viewerFromRequest(request))?.id === person.account.id,
    start: () => undefined,
    checkEveryMs: 20,
  });
  const reader = response.body?.getReader();
  expect((await reader?.read())?.done).toBe(false);
  await db().update(users).set({ sessionVersion: 5 }).where(eq(users.id, person.account.id));
  expect((await reader?.read())?.done).toBe(true);
});
