import { eq } from "drizzle-orm";
import { decodeJwt } from "jose";
import { beforeEach, describe, expect, test } from "vitest";
import { createAccount } from "#lib/accounts/create-account.ts";
import { forgetSigningKeys } from "#lib/accounts/signing-keys.ts";
import { db } from "#lib/db/client.ts";
import { auditLog, refreshTokens, sessions, users } from "#lib/db/schema/index.ts";
import { overrideEnv, requireAuthSecret } from "#lib/env.ts";
import { freshSignUp } from "#tests/factories/credentials.ts";
import { makeRequest } from "#tests/factories/requests.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { POST as logoutRoute } from "../../../app/api/v1/auth/logout/route.ts";
import { POST as refreshRoute } from "../../../app/api/v1/auth/refresh/route.ts";
import { POST as tokenRoute } from "../../../app/api/v1/auth/token/route.ts";
import { GET as meRoute } from "../../../app/api/v1/me/route.ts";

testDatabase();

type Pair = { accessToken: string; refreshToken: string; expiresIn: number };

let form = freshSignUp();
let userId = "";

beforeEach(async () => {
  form = freshSignUp();
  userId = (await createAccount({ ...form, role: "creator" })).id;
});

const signIn = async (): Promise<Pair> => {
  const { email, password } = form;
  return (await tokenRoute(makeRequest({ method: "POST", body: { email, password } }))).json();
};
const refresh = async (refreshToken: string) => {
  const response = await refreshRoute(makeRequest({ method: "POST", body: { refreshToken } }));
  return { status: response.status, body: (await response.json()) as Pair };
};
const me = async (bearer: string) => (await meRoute(makeRequest({ bearer }))).status;
const sidOf = ({ accessToken }: Pair) => String(decodeJwt(accessToken).sid);
const sessionOf = async (pair: Pair) => {
  const [row] = await db()
    .select()
    .from(sessions)
    .where(eq(sessions.id, sidOf(pair)));
  return row;
};

describe("a refresh token", () => {
  test("gives a new pair of the same session, and the old access token lives on", async () => {
    const first = await signIn();
    const { status, body: second } = await refresh(first.refreshToken);
    expect(status).toBe(200);
    expect(second.expiresIn).toBe(900);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(sidOf(second)).toBe(sidOf(first));
    expect([await me(first.accessToken), await me(second.accessToken)]).toEqual([200, 200]);
  });

  test("is kept as a hash alone", async () => {
    const { refreshToken } = await signIn();
    const rows = await db().select().from(refreshTokens);
    expect(JSON.stringify(rows)).not.toContain(refreshToken);
    expect(rows.every((row) => /^[0-9a-f]{64}$/.test(row.tokenHash))).toBe(true);
  });

  test("used twice ends its whole session, for the thief and the owner alike", async () => {
    const first = await signIn();
    const { body: second } = await refresh(first.refreshToken);
    expect((await refresh(first.refreshToken)).status).toBe(401);
    expect((await refresh(second.refreshToken)).status).toBe(401);
    expect([await me(first.accessToken), await me(second.accessToken)]).toEqual([401, 401]);
    expect(await sessionOf(first)).toMatchObject({ endReason: "reuse" });
    const [entry] = await db()
      .select()
      .from(auditLog)
      .where(eq(auditLog.action, "session.refresh_reuse"))
      .orderBy(auditLog.id);
    expect(entry).toMatchObject({ targetId: userId });
    expect(await me((await signIn()).accessToken)).toBe(200);
  });

  test("used by many at the same moment is good once", async () => {
    const { refreshToken } = await signIn();
    const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(refreshToken)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test("stays good when nothing can be signed: a try that gave nothing is no reuse", async () => {
    const { refreshToken } = await signIn();
    const secret = requireAuthSecret();
    forgetSigningKeys();
    overrideEnv({ AUTH_SECRET: "another secret than the keys are sealed with" });
    expect((await refresh(refreshToken)).status).toBe(500);
    overrideEnv({ AUTH_SECRET: secret });
    expect((await refresh(refreshToken)).status).toBe(200);
  });

  test("ends neither another session of the account nor anybody else's when it is used twice", async () => {
    const [first, other] = [await signIn(), await signIn()];
    await refresh(first.refreshToken);
    await refresh(first.refreshToken);
    expect(await me(other.accessToken)).toBe(200);
    expect((await refresh(other.refreshToken)).status).toBe(200);
  });

  test("expires, and its session with it after ninety days", async () => {
    const pair = await signIn();
    const setExpiry = (expiresAt: Date) =>
      db()
        .update(refreshTokens)
        .set({ expiresAt })
        .where(eq(refreshTokens.sessionId, sidOf(pair)));
    await setExpiry(new Date(Date.now() - 1000));
    expect((await refresh(pair.refreshToken)).status).toBe(401);
    await setExpiry(new Date(Date.now() + 60_000));
    const begun = new Date(Date.now() - 89 * 86_400_000);
    await db()
      .update(sessions)
      .set({ createdAt: begun })
      .where(eq(sessions.id, sidOf(pair)));
    expect((await refresh(pair.refreshToken)).status).toBe(200);
    const left = ((await sessionOf(pair))?.expiresAt.getTime() ?? 0) - begun.getTime();
    expect(left).toBe(90 * 86_400_000);
  });

  test("is refused for an account that was suspended or deleted", async () => {
    const [one, two] = [await signIn(), await signIn()];
    await db().update(users).set({ status: "suspended" }).where(eq(users.id, userId));
    expect((await refresh(one.refreshToken)).status).toBe(401);
    await db().update(users).set({ status: "active", deletedAt: new Date() }).where(eq(users.id, userId));
    expect((await refresh(two.refreshToken)).status).toBe(401);
  });

  test.each(["", "kir_made-up", "x".repeat(300)])("that nobody made (%j) gives nothing", async (made) => {
    expect([400, 401]).toContain((await refresh(made)).status);
  });
});

describe("POST /auth/logout", () => {
  test("with an access token ends its session and all that came of it", async () => {
    const pair = await signIn();
    const response = await logoutRoute(makeRequest({ method: "POST", bearer: pair.accessToken }));
    expect(response.status).toBe(204);
    expect(await me(pair.accessToken)).toBe(401);
    expect((await refresh(pair.refreshToken)).status).toBe(401);
    expect(await sessionOf(pair)).toMatchObject({ endReason: "logout" });
  });

  test("with a refresh token alone does the same, for whoever's access token has expired", async () => {
    const { accessToken, refreshToken } = await signIn();
    const response = await logoutRoute(makeRequest({ method: "POST", body: { refreshToken } }));
    expect(response.status).toBe(204);
    expect(await me(accessToken)).toBe(401);
  });

  test("answers the same a second time, and 401 for a token that is none", async () => {
    const { accessToken } = await signIn();
    const leave = (bearer: string) => logoutRoute(makeRequest({ method: "POST", bearer }));
    expect([(await leave(accessToken)).status, (await leave(accessToken)).status]).toEqual([204, 204]);
    expect((await leave("nonsense")).status).toBe(401);
  });
});

test("an account that waits for approval signs in nowhere, and only the right password tells why", async () => {
  await db().update(users).set({ status: "pending" }).where(eq(users.id, userId));
  const ask = async (password: string) => {
    const response = await tokenRoute(makeRequest({ method: "POST", body: { email: form.email, password } }));
    return { status: response.status, message: (await response.json()).error.message };
  };
  expect(await ask(form.password)).toEqual({
    status: 403,
    message: "This account waits for an admin's approval.",
  });
  expect((await ask("not the password")).status).toBe(401);
});
