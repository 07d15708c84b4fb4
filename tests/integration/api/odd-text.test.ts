import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { newId } from "#lib/ids.ts";
import { uploadEndpoint } from "#lib/uploads/upload-endpoint.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeRequest, withParams } from "#tests/factories/requests.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { POST as tokenRoute } from "../../../app/api/v1/auth/token/route.ts";
import { GET as channelRoute } from "../../../app/api/v1/channels/[handle]/route.ts";
import { PATCH as editMeRoute } from "../../../app/api/v1/me/route.ts";
import { POST as createRoute } from "../../../app/api/v1/uploads/route.ts";
import { DELETE as deleteRoute, PATCH as editRoute } from "../../../app/api/v1/videos/[videoId]/route.ts";
import { GET as listRoute } from "../../../app/api/v1/videos/route.ts";

testDatabase();

let owner: Person;
let videoId: string;

const make = () =>
  makeVideo({ creatorId: owner.account.id, channelId: owner.channelId, status: "ready", visibility: "public" });
beforeAll(async () => {
  owner = await makePerson();
  videoId = (await make()).id;
});
afterAll(() => uploadEndpoint().close());

const cursor = (position: unknown) => Buffer.from(JSON.stringify(position)).toString("base64url");
const edit = (body: unknown) => () =>
  editRoute(makeRequest({ method: "PATCH", as: owner, body }), withParams({ videoId }));
const list = (query: string) => () => listRoute(makeRequest({ path: `/api/v1/videos?${query}` }));
const create = (values: Record<string, string>) => () => {
  const pairs = Object.entries(values).map(([key, value]) => `${key} ${Buffer.from(value).toString("base64")}`);
  const headers = { "tus-resumable": "1.0.0", "upload-length": "1", "upload-metadata": pairs.join(",") };
  return createRoute(makeRequest({ method: "POST", path: "/api/v1/uploads", as: owner, headers }));
};

// PostgreSQL stores no zero byte and no year of six digits; both are the sender's fault and not ours.
test.each<[string, () => Promise<Response>]>([
  ["a title", edit({ title: "a\0b" })],
  ["a description", edit({ description: "\0" })],
  ["a tag", edit({ tags: ["a\0"] })],
  ["a name", () => editMeRoute(makeRequest({ method: "PATCH", as: owner, body: { displayName: "a\0b" } }))],
  ["a search", list("q=a%00b")],
  ["a channel of a list", list("channel=a%00b")],
  ["a cursor's time", list(`cursor=${cursor(["+275760-09-13T00:00:00.000Z", newId()])}`)],
  ["a cursor's early time", list(`cursor=${cursor(["-000001-01-01T00:00:00.000Z", newId()])}`)],
  ["an upload's title", create({ title: "a\0b" })],
  ["an upload's type", create({ filetype: "video/mp4\0" })],
  [
    "a log-in",
    () => tokenRoute(makeRequest({ method: "POST", body: { email: "a\0@example.org", password: "12345678" } })),
  ],
])("%s that cannot be stored is refused as a fault of the request", async (_, send) => {
  const response = await send();
  expect([response.status, (await response.json()).error.code]).toEqual([400, "invalid_input"]);
});

test("an id in capitals names the same video, and its upkeep too", async () => {
  const { id } = await make();
  const answer = await deleteRoute(
    makeRequest({ method: "DELETE", as: owner }),
    withParams({ videoId: id.toUpperCase() }),
  );
  expect(answer.status).toBe(204);
  const jobs = await db().execute(
    sql`select payload->>'videoId' as video_id from graphile_worker._private_jobs where key = ${`purge:${id}`}`,
  );
  expect(jobs[0]?.video_id).toBe(id);
});

test("a handle that cannot be one names no channel", async () => {
  expect((await channelRoute(makeRequest({}), withParams({ handle: "a\0b" }))).status).toBe(404);
});
