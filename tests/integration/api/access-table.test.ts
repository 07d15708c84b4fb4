import { globSync } from "node:fs";
import { eq } from "drizzle-orm";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { assets, users, type videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { objectStore } from "#lib/storage/index.ts";
import { multivariantKey, originalKey } from "#lib/storage/keys.ts";
import { closeEventStreams, reopenEventStreams } from "#lib/web/event-streams.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeRequest, withParams } from "#tests/factories/requests.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";

/** Who asks. `suspended` holds a session from before the suspension. */
const actors = ["anonymous", "viewer", "owner", "other", "admin", "suspended"] as const;
type Actor = (typeof actors)[number];
type Statuses = Record<Actor, number>;
type Row = {
  /** What the owner's things look like for this row. */
  case: string;
  file: string;
  method: string;
  prepare?: () => Promise<Partial<Call>>;
  expected: Statuses;
};
type Call = { params: Record<string, string | string[]>; body: unknown; headers: Record<string, string>; path: string };

testDatabase();

const people = new Map<Actor, Person>();
const person = (actor: Actor): Person => {
  const found = people.get(actor);
  if (found === undefined) throw new Error(`nobody is ${actor}`);
  return found;
};

beforeAll(async () => {
  people.set("viewer", await makePerson({ role: "viewer" }));
  people.set("owner", await makePerson());
  people.set("other", await makePerson());
  people.set("admin", await makePerson({ role: "admin" }));
  people.set("suspended", await makePerson({ status: "suspended" }));
});

afterEach(() => {
  closeEventStreams();
  reopenEventStreams();
});

const same = (status: number, but: Partial<Statuses> = {}): Statuses => ({
  ...{ anonymous: status, viewer: status, owner: status, other: status, admin: status, suspended: status },
  ...but,
});
/** Only the owner and admins; the thing is hidden from everyone else. */
const hidden = (status: number): Statuses => same(404, { owner: status, admin: status, suspended: 401 });
/** Only the owner and admins change it; everyone else may look. */
const shown = (status: number): Statuses => same(403, { anonymous: 401, owner: status, admin: status, suspended: 401 });

const videoOf = (values: Partial<typeof videos.$inferInsert>) => async (): Promise<Partial<Call>> => {
  const owner = person("owner");
  const video = await makeVideo({
    creatorId: owner.account.id,
    channelId: owner.channelId,
    status: "ready",
    ...values,
  });
  return { params: { videoId: video.id } };
};
const withBody = (prepare: () => Promise<Partial<Call>>, body: unknown) => async () => ({ ...(await prepare()), body });

const refused = (file: string, ...methods: string[]): Row[] =>
  methods.map((method) => ({ case: "not answered", file, method, expected: same(405) }));
const options = (file: string): Row => ({ case: "preflight", file, method: "OPTIONS", expected: same(204) });

const privateVideo = videoOf({ visibility: "private" });
const publicVideo = videoOf({ visibility: "public", publishedAt: new Date() });
const deletedVideo = videoOf({ visibility: "public", deletedAt: new Date() });
const processable = (visibility: "private" | "public") => async () =>
  videoOf({ visibility, status: "failed", failureCode: "internal", originalKey: `originals/${newId()}/${newId()}` })();

const video = "app/api/v1/videos/[videoId]/route.ts";
const restore = "app/api/v1/videos/[videoId]/restore/route.ts";
const reprocess = "app/api/v1/videos/[videoId]/reprocess/route.ts";
const events = "app/api/v1/videos/[videoId]/events/route.ts";

const videoRows: Row[] = [
  { case: "list", file: "app/api/v1/videos/route.ts", method: "GET", expected: same(200, { suspended: 401 }) },
  ...refused("app/api/v1/videos/route.ts", "POST", "PUT", "PATCH", "DELETE"),
  options("app/api/v1/videos/route.ts"),
  { case: "private", file: video, method: "GET", prepare: privateVideo, expected: hidden(200) },
  { case: "public", file: video, method: "GET", prepare: publicVideo, expected: same(200, { suspended: 401 }) },
  { case: "deleted", file: video, method: "GET", prepare: deletedVideo, expected: same(404, { suspended: 401 }) },
  {
    case: "private",
    file: video,
    method: "PATCH",
    prepare: withBody(privateVideo, { title: "New" }),
    expected: { ...hidden(200), anonymous: 401 },
  },
  {
    case: "public",
    file: video,
    method: "PATCH",
    prepare: withBody(publicVideo, { title: "New" }),
    expected: shown(200),
  },
  {
    case: "private",
    file: video,
    method: "DELETE",
    prepare: privateVideo,
    expected: { ...hidden(204), anonymous: 401 },
  },
  { case: "public", file: video, method: "DELETE", prepare: publicVideo, expected: shown(204) },
  ...refused(video, "POST", "PUT"),
  options(video),
  {
    case: "deleted",
    file: restore,
    method: "POST",
    prepare: deletedVideo,
    expected: { ...hidden(200), anonymous: 401 },
  },
  ...refused(restore, "GET", "PUT", "PATCH", "DELETE"),
  options(restore),
  {
    case: "private",
    file: reprocess,
    method: "POST",
    prepare: processable("private"),
    expected: { ...hidden(202), anonymous: 401 },
  },
  { case: "public", file: reprocess, method: "POST", prepare: processable("public"), expected: shown(202) },
  ...refused(reprocess, "GET", "PUT", "PATCH", "DELETE"),
  options(reprocess),
  { case: "private", file: events, method: "GET", prepare: privateVideo, expected: hidden(200) },
  { case: "public", file: events, method: "GET", prepare: publicVideo, expected: same(200, { suspended: 401 }) },
  ...refused(events, "POST", "PUT", "PATCH", "DELETE"),
  options(events),
];

const me = "app/api/v1/me/route.ts";
const signup = "app/api/v1/auth/signup/route.ts";
const token = "app/api/v1/auth/token/route.ts";
const setup = "app/api/v1/auth/setup/route.ts";
const logout = "app/api/v1/auth/logout/route.ts";
const nextAuth = "app/api/auth/[...nextauth]/route.ts";

const newAccount = async (): Promise<Partial<Call>> => {
  const name = `new-${newId().slice(-12)}`;
  return { body: { email: `${name}@example.org`, username: name, password: "quiet cinema seats" } };
};

const accountRows: Row[] = [
  { case: "own account", file: me, method: "GET", expected: same(200, { anonymous: 401, suspended: 401 }) },
  {
    case: "own account",
    file: me,
    method: "PATCH",
    prepare: async () => ({ body: { displayName: "Somebody" } }),
    expected: same(200, { anonymous: 401, suspended: 401 }),
  },
  ...refused(me, "POST", "PUT", "DELETE"),
  options(me),
  {
    case: "own events",
    file: "app/api/v1/me/events/route.ts",
    method: "GET",
    expected: same(200, { anonymous: 401, suspended: 401 }),
  },
  ...refused("app/api/v1/me/events/route.ts", "POST", "PUT", "PATCH", "DELETE"),
  options("app/api/v1/me/events/route.ts"),
  { case: "open sign-up", file: signup, method: "POST", prepare: newAccount, expected: same(201) },
  ...refused(signup, "GET", "PUT", "PATCH", "DELETE"),
  options(signup),
  {
    case: "wrong password",
    file: token,
    method: "POST",
    prepare: async () => ({ body: { email: person("owner").account.email, password: "not the password" } }),
    expected: same(401),
  },
  ...refused(token, "GET", "PUT", "PATCH", "DELETE"),
  options(token),
  {
    case: "made-up token",
    file: setup,
    method: "POST",
    prepare: async () => ({ body: { ...Object((await newAccount()).body), token: "made-up" } }),
    expected: same(403),
  },
  ...refused(setup, "GET", "PUT", "PATCH", "DELETE"),
  options(setup),
  { case: "session", file: logout, method: "POST", expected: same(204) },
  ...refused(logout, "GET", "PUT", "PATCH", "DELETE"),
  options(logout),
  { case: "session", file: nextAuth, method: "GET", prepare: async () => nextAuthCall("session"), expected: same(200) },
  {
    case: "log-in without next-auth's own token",
    file: nextAuth,
    method: "POST",
    prepare: async () => ({ ...nextAuthCall("callback/credentials"), body: { email: "a@b.example", password: "x" } }),
    expected: same(302),
  },
  ...refused(nextAuth, "PUT", "PATCH", "DELETE"),
  options(nextAuth),
];

const nextAuthCall = (path: string): Partial<Call> => ({
  params: { nextauth: path.split("/") },
  path: `/api/auth/${path}`,
});

const channel = "app/api/v1/channels/[handle]/route.ts";
const open = (file: string): Row[] => [
  { case: "open", file, method: "GET", expected: same(200) },
  ...refused(file, "POST", "PUT", "PATCH", "DELETE"),
  options(file),
];

const siteRows: Row[] = [
  {
    case: "a channel",
    file: channel,
    method: "GET",
    prepare: async () => ({ params: { handle: person("owner").handle } }),
    expected: same(200, { suspended: 401 }),
  },
  ...refused(channel, "POST", "PUT", "PATCH", "DELETE"),
  options(channel),
  ...["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].map((method) => ({
    case: "unknown address",
    file: "app/api/[[...rest]]/route.ts",
    method,
    prepare: async () => ({ params: { rest: ["v1", "nothing"] } }),
    expected: same(404),
  })),
  ...open("app/healthz/route.ts"),
  ...open("app/readyz/route.ts"),
  ...open("app/metrics/route.ts"),
  ...open("app/.well-known/jwks.json/route.ts"),
];

const uploads = "app/api/v1/uploads/route.ts";
const upload = "app/api/v1/uploads/[uploadId]/route.ts";
const tus = { "tus-resumable": "1.0.0" };

/** Creates an upload of the owner's through the route itself, since its bytes need their file. */
const ownersUpload = async (): Promise<Partial<Call>> => {
  const handler = (await handlersOf(uploads)).POST;
  const headers = { ...tus, "upload-length": "4" };
  const request = makeRequest({ method: "POST", path: "/api/v1/uploads", as: person("owner"), headers });
  const location = (await handler?.(request, withParams()))?.headers.get("location") ?? "";
  const path = new URL(location, "http://kinora.test").pathname;
  return { path, params: { uploadId: path.split("/").at(-1) ?? "" }, headers: tus };
};
const appending = async (): Promise<Partial<Call>> => ({
  ...(await ownersUpload()),
  headers: { ...tus, "content-type": "application/offset+octet-stream", "upload-offset": "0" },
  body: "data",
});
/** Nobody but who began an upload learns of it. */
const uploadersOnly = (status: number): Statuses => same(404, { anonymous: 401, owner: status, suspended: 401 });

const uploadRows: Row[] = [
  {
    case: "creation",
    file: uploads,
    method: "POST",
    prepare: async () => ({ path: "/api/v1/uploads", headers: { ...tus, "upload-length": "4" } }),
    expected: same(201, { anonymous: 401, viewer: 403, suspended: 401 }),
  },
  {
    case: "tus options",
    file: uploads,
    method: "OPTIONS",
    prepare: async () => ({ path: "/api/v1/uploads" }),
    expected: same(204),
  },
  ...refused(uploads, "GET", "PUT", "PATCH", "DELETE"),
  { case: "offset", file: upload, method: "HEAD", prepare: ownersUpload, expected: uploadersOnly(200) },
  { case: "bytes", file: upload, method: "PATCH", prepare: appending, expected: uploadersOnly(204) },
  { case: "termination", file: upload, method: "DELETE", prepare: ownersUpload, expected: uploadersOnly(204) },
  { case: "tus options", file: upload, method: "OPTIONS", prepare: ownersUpload, expected: same(204) },
  ...refused(upload, "GET", "POST", "PUT"),
];

const media = "app/media/[...key]/route.ts";
const asset = "app/api/v1/assets/[assetId]/route.ts";

const stored = async (key: string) => {
  await objectStore().put({ key, body: Buffer.from("#EXTM3U\n") });
};
const playlistOf = (visibility: "private" | "public") => async (): Promise<Partial<Call>> => {
  const runId = newId();
  const { params } = await videoOf({ visibility, currentRunId: runId })();
  const key = multivariantKey({ videoId: String(params?.videoId), runId });
  await stored(key);
  return { params: { key: key.split("/") }, path: `/media/${key}` };
};
const originalOf = (visibility: "private" | "public") => async (): Promise<Partial<Call>> => {
  const { params } = await videoOf({ visibility })();
  const videoId = String(params?.videoId);
  const key = originalKey({ videoId, uploadId: newId() });
  const assetId = newId();
  await stored(key);
  await db()
    .insert(assets)
    .values({ id: assetId, videoId, kind: "original", key, sizeBytes: 8, contentType: "video/mp4" });
  return { params: { assetId }, path: `/api/v1/assets/${assetId}` };
};
const editorsOnly: Statuses = same(404, { anonymous: 401, owner: 200, admin: 200, suspended: 401 });

const mediaRows: Row[] = [
  ...["GET", "HEAD"].flatMap((method): Row[] => [
    { case: "private playlist", file: media, method, prepare: playlistOf("private"), expected: hidden(200) },
    {
      case: "public playlist",
      file: media,
      method,
      prepare: playlistOf("public"),
      expected: same(200, { suspended: 401 }),
    },
    { case: "private original", file: asset, method, prepare: originalOf("private"), expected: editorsOnly },
    { case: "public video's original", file: asset, method, prepare: originalOf("public"), expected: editorsOnly },
  ]),
  ...refused(media, "POST", "PUT", "PATCH", "DELETE"),
  options(media),
  ...refused(asset, "POST", "PUT", "PATCH", "DELETE"),
  options(asset),
];

const rows: Row[] = [...videoRows, ...accountRows, ...siteRows, ...uploadRows, ...mediaRows];

type Handlers = Record<string, (request: Request, context: ReturnType<typeof withParams>) => Promise<Response>>;
const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

const handlersOf = async (file: string): Promise<Handlers> => {
  const module: Handlers = await import(/* @vite-ignore */ `../../../${file}`);
  return Object.fromEntries(Object.entries(module).filter(([name]) => methods.includes(name)));
};

const call = async (row: Row, actor: Actor): Promise<number> => {
  const { params = {}, body, headers = {}, path = "/" } = (await row.prepare?.()) ?? {};
  const request = makeRequest({
    method: row.method,
    path,
    as: actor === "anonymous" ? null : person(actor),
    headers,
    ...(body === undefined ? {} : { body }),
  });
  const handler = (await handlersOf(row.file))[row.method];
  if (handler === undefined) throw new Error(`${row.file} does not export ${row.method}`);
  const response = await handler(request, withParams(params));
  await response.body?.cancel();
  return response.status;
};

describe.each(rows)("$method $file ($case)", (row) => {
  test.each(actors)("answers %s as the table says", async (actor) => {
    expect(await call(row, actor)).toBe(row.expected[actor]);
  });
});

test("names every route and method there is", async () => {
  const files = globSync("app/**/route.ts", { cwd: new URL("../../..", import.meta.url) });
  const found: string[] = [];
  for (const file of files.toSorted()) {
    for (const method of Object.keys(await handlersOf(file))) found.push(`${method} ${file}`);
  }
  const named = new Set(rows.map((row) => `${row.method} ${row.file}`));
  expect(found.filter((one) => !named.has(one))).toEqual([]);
  expect(found.length).toBeGreaterThan(60);
});

test("the suspended account is suspended and all others are not", async () => {
  for (const actor of actors.filter((one) => one !== "anonymous")) {
    const [user] = await db()
      .select()
      .from(users)
      .where(eq(users.id, person(actor).account.id));
    expect(user?.status).toBe(actor === "suspended" ? "suspended" : "active");
  }
});
