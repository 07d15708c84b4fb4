import { eq } from "drizzle-orm";
import { decodeProtectedHeader, importJWK, jwtVerify, SignJWT } from "jose";
import { beforeAll, describe, expect, test } from "vitest";
import { createAccount } from "#lib/accounts/create-account.ts";
import { promoteAccount } from "#lib/accounts/promote-account.ts";
import { currentSigningKey, forgetSigningKeys } from "#lib/accounts/signing-keys.ts";
import { db } from "#lib/db/client.ts";
import { signingKeys, users } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { encodeSession, sessionCookieName } from "#lib/web/identity/session-cookie.ts";
import { freshSignUp } from "#tests/factories/credentials.ts";
import { makeRequest } from "#tests/factories/requests.ts";
import { makeSession, makeUser } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { GET as jwksRoute } from "../../../app/.well-known/jwks.json/route.ts";
import { POST as logoutRoute } from "../../../app/api/v1/auth/logout/route.ts";
import { POST as tokenRoute } from "../../../app/api/v1/auth/token/route.ts";
import { GET as meRoute } from "../../../app/api/v1/me/route.ts";
import { GET as videosRoute } from "../../../app/api/v1/videos/route.ts";

testDatabase();

const form = freshSignUp();
let userId = "";

beforeAll(async () => {
  userId = (await createAccount({ ...form, role: "creator" })).id;
});

const askToken = async (body: unknown) => {
  const response = await tokenRoute(makeRequest({ method: "POST", path: "/api/v1/auth/token", body }));
  return { status: response.status, body: await response.json() };
};
const goodToken = async (): Promise<string> =>
  (await askToken({ email: form.email, password: form.password })).body.accessToken;
const me = async (bearer: string) => (await meRoute(makeRequest({ path: "/api/v1/me", bearer }))).status;
const setUser = (changes: Partial<typeof users.$inferInsert>) =>
  db().update(users).set(changes).where(eq(users.id, userId));

describe("POST /auth/token", () => {
  test("gives an EdDSA token that the published keys verify", async () => {
    const { status, body } = await askToken({ email: form.email.toUpperCase(), password: form.password });
    expect(status).toBe(200);
    expect(body).toMatchObject({ tokenType: "Bearer", expiresIn: 900 });
    const set = await (await jwksRoute(makeRequest({}))).json();
    const header = decodeProtectedHeader(body.accessToken);
    expect(header).toMatchObject({ alg: "EdDSA", typ: "at+jwt" });
    const jwk = set.keys.find((key: { kid: string }) => key.kid === header.kid);
    expect(jwk).not.toHaveProperty("d");
    const { payload } = await jwtVerify(body.accessToken, await importJWK(jwk), { audience: "kinora" });
    expect(payload).toMatchObject({ sub: userId, role: "creator" });
    expect(await me(body.accessToken)).toBe(200);
  });

  test("answers a wrong password and an unknown address with the very same words", async () => {
    const wrong = await askToken({ email: form.email, password: "not the password" });
    const unknown = await askToken({ email: "nobody@example.org", password: "not the password" });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    const { requestId: one, ...left } = wrong.body.error;
    const { requestId: two, ...right } = unknown.body.error;
    expect(left).toEqual(right);
    expect(one).not.toBe(two);
  });

  test("keys are made once, by however many at the same time", async () => {
    forgetSigningKeys();
    await Promise.all([currentSigningKey(), currentSigningKey(), currentSigningKey()]);
    const rows = await db().select().from(signingKeys);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.sealedPrivateKey).toMatch(/^v1\.[A-Za-z0-9_-]+$/);
  });
});

describe("a Bearer token is refused with 401, on public routes too", () => {
  // A session that holds: what is refused here is refused for the token alone.
  let sid = "";
  beforeAll(async () => {
    sid = (await makeSession({ userId, kind: "program" })).id;
  });
  const forged = async (claims: Record<string, unknown>, header: Record<string, unknown> = {}) => {
    const { kid, privateKey } = await currentSigningKey();
    return new SignJWT({ session_version: 1, sid, ...claims })
      .setProtectedHeader({ alg: "EdDSA", typ: "at+jwt", kid, ...header })
      .setSubject(userId)
      .setIssuer("kinora")
      .setIssuedAt()
      .sign(privateKey);
  };
  const foreignSession = async () => (await makeSession({ userId: (await makeUser()).id })).id;
  const inAMinute = () => Math.floor(Date.now() / 1000) + 60;

  test.each<[string, () => Promise<string>]>([
    ["that is no JWT", async () => "nonsense"],
    ["that is empty", async () => ""],
    ["with an edited end", async () => `${(await goodToken()).slice(0, -4)}AAAA`],
    ["with another payload", async () => (await goodToken()).replace(/\.[^.]+\./, ".eyJzdWIiOiJ4In0.")],
    ["without signature", async () => `${(await goodToken()).split(".").slice(0, 2).join(".")}.`],
    ["that has expired", () => forged({ aud: "kinora", exp: inAMinute() - 120 })],
    ["that never expires", () => forged({ aud: "kinora" })],
    ["for somebody else", () => forged({ aud: "another", exp: inAMinute() })],
    ["of another type", () => forged({ aud: "kinora", exp: inAMinute() }, { typ: "JWT" })],
    ["of an unknown key", () => forged({ aud: "kinora", exp: inAMinute() }, { kid: "unknown" })],
    ["of another session version", () => forged({ aud: "kinora", exp: inAMinute(), session_version: 77 })],
    ["of a session that is not there", () => forged({ aud: "kinora", exp: inAMinute(), sid: newId() })],
    [
      "of somebody else's session",
      async () => forged({ aud: "kinora", exp: inAMinute(), sid: await foreignSession() }),
    ],
    ["without a session", () => forged({ aud: "kinora", exp: inAMinute(), sid: undefined })],
  ])("%s", async (_, make) => {
    expect(await me(await forged({ aud: "kinora", exp: inAMinute() }))).toBe(200);
    const bearer = await make();
    const response = await videosRoute(makeRequest({ path: "/api/v1/videos", bearer }));
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toBe("Bearer");
    expect((await response.json()).error.code).toBe("unauthenticated");
  });
});

describe("sessions and tokens end at once", () => {
  const cookieOf = async (sessionVersion: number) => {
    const { id: sessionId } = await makeSession({ userId });
    return `${sessionCookieName()}=${await encodeSession({ sessionId, userId, sessionVersion })}`;
  };
  const meByCookie = async (cookie: string) =>
    (await meRoute(makeRequest({ path: "/api/v1/me", headers: { cookie } }))).status;

  test("when the session version is raised", async () => {
    const [user] = await db().select().from(users).where(eq(users.id, userId));
    const version = user?.sessionVersion ?? 0;
    const [bearer, cookie] = [await goodToken(), await cookieOf(version)];
    expect([await me(bearer), await meByCookie(cookie)]).toEqual([200, 200]);
    await setUser({ sessionVersion: version + 1 });
    expect([await me(bearer), await meByCookie(cookie)]).toEqual([401, 401]);
  });

  test("when the role changes", async () => {
    const bearer = await goodToken();
    await promoteAccount({ email: form.email, role: "admin" });
    expect(await me(bearer)).toBe(401);
    expect(await me(await goodToken())).toBe(200);
  });

  test("when the account is suspended, and nothing signs it in", async () => {
    const bearer = await goodToken();
    await setUser({ status: "suspended" });
    expect(await me(bearer)).toBe(401);
    expect((await askToken({ email: form.email, password: form.password })).status).toBe(401);
    await setUser({ status: "active" });
    expect(await me(bearer)).toBe(200);
  });

  test("when the account is deleted", async () => {
    const bearer = await goodToken();
    await setUser({ deletedAt: new Date() });
    expect(await me(bearer)).toBe(401);
    await setUser({ deletedAt: null });
  });

  test("a broken or foreign cookie counts as none", async () => {
    const cookie = `${sessionCookieName()}=broken`;
    expect(await meByCookie(cookie)).toBe(401);
    const list = await videosRoute(makeRequest({ path: "/api/v1/videos", headers: { cookie } }));
    expect(list.status).toBe(200);
  });

  test("log-out clears the cookie", async () => {
    const response = await logoutRoute(makeRequest({ method: "POST", path: "/api/v1/auth/logout" }));
    expect(response.headers.get("set-cookie")).toMatch(
      /^next-auth\.session-token=; Max-Age=0; Path=\/; HttpOnly; SameSite=Lax/,
    );
  });
});
