import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createAccount } from "#lib/accounts/create-account.ts";
import { endAllSessions } from "#lib/accounts/sessions/end-sessions.ts";
import { makeApiToken } from "#lib/accounts/tokens/api-tokens.ts";
import { db, transaction } from "#lib/db/client.ts";
import { apiTokens, auditLog, users } from "#lib/db/schema/index.ts";
import { encodeSession, sessionCookieName } from "#lib/web/identity/session-cookie.ts";
import { closeEventStreams, openStreamCount, reopenEventStreams } from "#lib/web/streams/event-streams.ts";
import { freshSignUp } from "#tests/factories/credentials.ts";
import { listenTo } from "#tests/factories/event-client.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeRequest, withParams } from "#tests/factories/requests.ts";
import { makeSession, makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { serveRoutes } from "#tests/setup/serve-routes.ts";
import { waitFor } from "#tests/setup/wait-for.ts";
import { PATCH as standingRoute } from "../../../app/api/v1/admin/users/[userId]/route.ts";
import { POST as logoutRoute } from "../../../app/api/v1/auth/logout/route.ts";
import { POST as refreshRoute } from "../../../app/api/v1/auth/refresh/route.ts";
import { POST as tokenRoute } from "../../../app/api/v1/auth/token/route.ts";
import { GET as eventsRoute } from "../../../app/api/v1/me/events/route.ts";
import { POST as passwordRoute } from "../../../app/api/v1/me/password/route.ts";
import { GET as meRoute } from "../../../app/api/v1/me/route.ts";
import { POST as tokensRoute } from "../../../app/api/v1/me/tokens/route.ts";

testDatabase();

let admin: Person;
let server: Awaited<ReturnType<typeof serveRoutes>>;

beforeAll(async () => {
  admin = await makePerson({ role: "admin" });
  server = await serveRoutes([{ path: /^\/events$/, module: { GET: eventsRoute } }]);
});
afterEach(async () => {
  closeEventStreams();
  reopenEventStreams();
  await waitFor({ what: "the streams' count", until: () => openStreamCount() === 0 });
});
afterAll(async () => {
  await server.stop();
});

const me = async (request: Parameters<typeof makeRequest>[0]) => (await meRoute(makeRequest(request))).status;
const patch = async (userId: string, body: unknown, as = admin) => {
  const request = makeRequest({ method: "PATCH", as, body });
  const response = await standingRoute(request, withParams({ userId }));
  return { status: response.status, body: await response.json() };
};

/** Somebody with a password who is signed in by every means there is, and follows events by each of them. */
const signedInEverywhere = async () => {
  const form = freshSignUp();
  const user = await createAccount({ ...form, role: "creator" });
  const { id: sessionId } = await makeSession({ userId: user.id });
  const value = await encodeSession({ sessionId, userId: user.id, sessionVersion: user.sessionVersion });
  const cookie = `${sessionCookieName()}=${value}`;
  const credentials = { email: form.email, password: form.password };
  const pair = await (await tokenRoute(makeRequest({ method: "POST", body: credentials }))).json();
  const viewer = { ...user, role: "creator" as const };
  const made = await makeApiToken({
    viewer,
    sessionId: null,
    token: { name: "A script", scopes: ["account:read", "videos:read"], expiresInDays: null },
  });
  const means = [{ headers: { cookie } }, { bearer: String(pair.accessToken) }, { bearer: made.token }];
  const video = await makeVideo({ creatorId: user.id, status: "ready" });
  const streams = await Promise.all(
    [{ cookie }, ...[pair.accessToken, made.token].map((token) => ({ authorization: `Bearer ${token}` }))].map(
      (headers: Record<string, string>) => listenTo(`${server.url}/events`, headers),
    ),
  );
  // Each of them plays: it told the video.
  for (const stream of streams) await stream.next((event) => event.data.id === video.id);
  return { form, userId: user.id, sessionId, cookie, means, streams, refreshToken: String(pair.refreshToken) };
};

const statusesOf = (means: Awaited<ReturnType<typeof signedInEverywhere>>["means"]) =>
  Promise.all(means.map((one) => me(one)));

describe("within a second, all of an account's event streams, sessions and tokens end", () => {
  test.each<[string, unknown]>([
    ["a suspension", { status: "suspended", reason: "Spam" }],
    ["a change of role", { role: "viewer" }],
  ])("by %s", async (_, body) => {
    const { userId, means, streams, refreshToken } = await signedInEverywhere();
    const bystander = await listenTo(`${server.url}/events`, { cookie: admin.cookie });
    expect(await statusesOf(means)).toEqual([200, 200, 200]);
    expect((await patch(userId, body)).status).toBe(200);
    const begun = performance.now();
    expect(await statusesOf(means)).toEqual([401, 401, 401]);
    expect(await Promise.all(streams.map((stream) => stream.ended))).toEqual(["ended", "ended", "ended"]);
    expect(performance.now() - begun).toBeLessThan(1000);
    const refreshed = await refreshRoute(makeRequest({ method: "POST", body: { refreshToken } }));
    expect(refreshed.status).toBe(401);
    expect(openStreamCount()).toBe(1);
    bystander.stop();
  });

  test("by a new password, but for the browser that changed it", async () => {
    const { form, cookie, means, streams, refreshToken } = await signedInEverywhere();
    const body = { currentPassword: form.password, newPassword: "another quiet cinema" };
    const as = { ...admin, cookie };
    const response = await passwordRoute(makeRequest({ method: "POST", as, body }));
    // Hashing two passwords is no part of the second.
    const begun = performance.now();
    expect(response.status).toBe(204);
    const fresh = response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    expect(await statusesOf(means)).toEqual([401, 401, 401]);
    expect(await Promise.all(streams.map((stream) => stream.ended))).toEqual(["ended", "ended", "ended"]);
    expect(performance.now() - begun).toBeLessThan(1000);
    expect(await me({ headers: { cookie: fresh } })).toBe(200);
    expect((await refreshRoute(makeRequest({ method: "POST", body: { refreshToken } }))).status).toBe(401);
    const signIn = (password: string) =>
      tokenRoute(makeRequest({ method: "POST", body: { email: form.email, password } }));
    expect((await signIn(form.password)).status).toBe(401);
    expect((await signIn(body.newPassword)).status).toBe(200);
  });

  test("by log-out, of that session alone", async () => {
    const { cookie, means, streams } = await signedInEverywhere();
    await logoutRoute(makeRequest({ method: "POST", as: { ...admin, cookie } }));
    const begun = performance.now();
    expect(await streams[0]?.ended).toBe("ended");
    expect(performance.now() - begun).toBeLessThan(1000);
    expect(await statusesOf(means)).toEqual([401, 200, 200]);
    expect(openStreamCount()).toBe(2);
    for (const stream of streams) stream.stop();
  });
});

describe("changing the password", () => {
  test.each([
    ["a wrong present one", { currentPassword: "not it", newPassword: "another quiet cinema" }, "currentPassword"],
    ["one of the first that attackers try", { currentPassword: "", newPassword: "password1" }, "newPassword"],
    ["one's own name", { currentPassword: "", newPassword: "" }, "newPassword"],
  ])("refuses %s and ends nothing", async (_, given, field) => {
    const form = freshSignUp();
    const user = await createAccount({ ...form, role: "creator" });
    const { id: sessionId } = await makeSession({ userId: user.id });
    const value = await encodeSession({ sessionId, userId: user.id, sessionVersion: user.sessionVersion });
    const as = { ...admin, cookie: `${sessionCookieName()}=${value}` };
    const body = {
      currentPassword: given.currentPassword === "" ? form.password : given.currentPassword,
      newPassword: given.newPassword === "" ? form.username : given.newPassword,
    };
    const response = await passwordRoute(makeRequest({ method: "POST", as, body }));
    expect(response.status).toBe(400);
    expect(Object.keys((await response.json()).error.fields)).toEqual([field]);
    expect(await me({ as })).toBe(200);
  });
});

describe("PATCH /admin/users/{userId}", () => {
  test("needs a reason for a suspension, tells what holds, and is audited with before and after", async () => {
    const { account } = await makePerson();
    expect((await patch(account.id, { status: "suspended" })).status).toBe(400);
    const { body } = await patch(account.id, { role: "viewer", status: "suspended", reason: "Spam" });
    expect(body).toMatchObject({ role: "viewer", status: "suspended", suspendedReason: "Spam" });
    const entries = await db().select().from(auditLog).where(eq(auditLog.targetId, account.id)).orderBy(auditLog.id);
    expect(entries.map(({ action, actorId }) => ({ action, actorId }))).toEqual([
      { action: "account.suspend", actorId: admin.account.id },
      { action: "account.role", actorId: admin.account.id },
    ]);
  });

  test("restores whom it suspended and approves who waits; old sessions stay dead", async () => {
    const person = await makePerson();
    await patch(person.account.id, { status: "suspended", reason: "Spam" });
    expect((await patch(person.account.id, { status: "active" })).body).toMatchObject({
      status: "active",
      suspendedReason: null,
    });
    expect(await me({ as: person })).toBe(401);
    const waiting = await makePerson({ status: "pending" });
    expect(await me({ as: waiting })).toBe(401);
    expect((await patch(waiting.account.id, { status: "active" })).body.status).toBe("active");
    expect(await me({ as: waiting })).toBe(200);
  });

  test("changes nothing twice", async () => {
    const person = await makePerson();
    expect((await patch(person.account.id, { role: "creator", status: "active" })).status).toBe(200);
    expect(await me({ as: person })).toBe(200);
    expect(
      await db().select().from(auditLog).where(eq(auditLog.targetId, person.account.id)).orderBy(auditLog.id),
    ).toEqual([]);
  });
});

describe("the last admin", () => {
  let first: Person;
  let second: Person;
  beforeEach(async () => {
    await db().update(users).set({ role: "creator" }).where(eq(users.role, "admin"));
    [first, second] = [await makePerson({ role: "admin" }), await makePerson({ role: "admin" })];
  });
  afterAll(async () => {
    await db().update(users).set({ role: "admin" }).where(eq(users.id, admin.account.id));
  });

  test("cannot be removed, not by itself either", async () => {
    expect((await patch(second.account.id, { role: "viewer" }, first)).status).toBe(200);
    expect((await patch(first.account.id, { role: "viewer" }, first)).status).toBe(409);
    expect((await patch(first.account.id, { status: "suspended", reason: "Bye" }, first)).status).toBe(409);
    expect(await me({ as: first })).toBe(200);
  });

  test("remains when two take each other's role at the same moment", async () => {
    await Promise.all([
      patch(second.account.id, { role: "viewer" }, first),
      patch(first.account.id, { role: "viewer" }, second),
    ]);
    const admins = await db().select().from(users).where(eq(users.role, "admin"));
    expect(admins).toHaveLength(1);
  });
});

test("a request that waits while its account's sessions are ended leaves no API token behind", async () => {
  const person = await makePerson();
  const body = { name: "A script", scopes: ["account:read"], expiresInDays: null };
  const waiting = async () => {
    const [row] = await db().execute(
      sql`select count(*)::int as count from pg_stat_activity where wait_event_type = 'Lock' and query like '%from users%'`,
    );
    return row?.count === 1;
  };
  let asked: Promise<Response> | undefined;
  await transaction(async (tx) => {
    await endAllSessions(tx, { userId: person.account.id, reason: "account" });
    asked = tokensRoute(makeRequest({ method: "POST", as: person, body }));
    await waitFor({ what: "the request to wait for the account", until: waiting });
  });
  expect((await asked)?.status).toBe(401);
  expect(await db().select().from(apiTokens).where(eq(apiTokens.userId, person.account.id))).toEqual([]);
});
