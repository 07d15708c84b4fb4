import { eq } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createAccount } from "#lib/accounts/create-account.ts";
import { dropSecondFactorOf } from "#lib/accounts/second-factor/drop.ts";
import { startSession } from "#lib/accounts/sessions/start-session.ts";
import { makeApiToken } from "#lib/accounts/tokens/api-tokens.ts";
import { verifyCredentials } from "#lib/accounts/verify-credentials.ts";
import { db } from "#lib/db/client.ts";
import { findChannelOfOwner } from "#lib/db/queries/channels/channels.ts";
import { auditLog, rateLimits, recoveryCodes, totpSecrets } from "#lib/db/schema/index.ts";
import { overrideEnv } from "#lib/env.ts";
import { forgetInstanceSettings } from "#lib/settings/instance-settings.ts";
import { accountMails } from "#tests/factories/account-mails.ts";
import { freshSignUp } from "#tests/factories/credentials.ts";
import { enter, makePerson, type Person } from "#tests/factories/people.ts";
import { makeRequest, withParams } from "#tests/factories/requests.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { DELETE as dropRoute } from "../../../app/api/v1/admin/users/[userId]/second-factor/route.ts";
import { POST as tokenRoute } from "../../../app/api/v1/auth/token/route.ts";
import { GET as meRoute } from "../../../app/api/v1/me/route.ts";
import { POST as confirmRoute } from "../../../app/api/v1/me/second-factor/confirm/route.ts";
import { POST as codesRoute } from "../../../app/api/v1/me/second-factor/recovery-codes/route.ts";
import {
  POST as beginRoute,
  GET as getRoute,
  DELETE as removeRoute,
} from "../../../app/api/v1/me/second-factor/route.ts";

testDatabase();
const mails = accountMails();

// The clock stands still, so that no code grows old between two lines; the database's goes on.
beforeAll(() => vi.useFakeTimers({ toFake: ["Date"] }));
afterAll(() => vi.useRealTimers());
beforeEach(() => vi.setSystemTime(Date.now() + 5 * 60_000));
afterEach(() => {
  overrideEnv({ RATE_LIMITS: "off", RATE_LIMIT_LOGIN_PAIR: undefined });
  forgetInstanceSettings();
});

type Asked = { as?: Person; method?: string; body?: unknown; address?: string; headers?: Record<string, string> };
const send = async (handler: (request: Request) => Promise<Response>, asked: Asked) => {
  const response = await handler(makeRequest({ method: "POST", path: "/", ...asked }));
  const text = await response.text();
  return { status: response.status, response, body: text === "" ? undefined : JSON.parse(text) };
};

/** A code of the app, with a clock that is off by so many steps. */
const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });

const newPerson = async () => {
  const form = freshSignUp();
  const user = await createAccount({ ...form, role: "creator" });
  const channel = await findChannelOfOwner(db(), user.id);
  if (channel === null) throw new Error("an account has a channel");
  return { form, user, channel, as: await enter({ user, channel }) };
};

/** Somebody with the second factor on, in a session that went on. */
const protectedPerson = async () => {
  const { form, user, channel, as } = await newPerson();
  const begun = await send(beginRoute, { as, body: { password: form.password } });
  const { secret } = begun.body;
  const confirmed = await send(confirmRoute, { as, body: { code: codeOf(secret, -1) } });
  const cookie = confirmed.response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const codes: string[] = confirmed.body.recoveryCodes;
  return { form, user, channel, secret, codes, confirmed, before: as, as: { ...as, cookie } };
};

const signIn = async ({ email, password }: { email: string; password: string }, totp?: string, address?: string) => {
  const body = { email, password, ...(totp === undefined ? {} : { totp }) };
  return send(tokenRoute, { body, ...(address === undefined ? {} : { address }) });
};

describe("switching it on", () => {
  test("asks for the password, shows secret and QR code, and asks nothing of anybody before a first code", async () => {
    const { form, user, as } = await newPerson();
    expect((await send(beginRoute, { as, body: { password: "wrong" } })).body.error.fields).toHaveProperty("password");
    const first = await send(beginRoute, { as, body: { password: form.password } });
    const { status, body } = await send(beginRoute, { as, body: { password: form.password } });
    expect(status).toBe(201);
    expect(body.secret).not.toBe(first.body.secret);
    expect(new URL(body.uri).searchParams.get("secret")).toBe(body.secret);
    expect(body.qrSvg).toMatch(/^<svg /);
    expect((await signIn(form)).status).toBe(200);
    const [row] = await db().select().from(totpSecrets).where(eq(totpSecrets.userId, user.id));
    expect(row?.sealedSecret).toMatch(/^v1\./);
    expect(JSON.stringify(row)).not.toContain(body.secret);
    expect(
      (await send(confirmRoute, { as, body: { code: codeOf(first.body.secret) } })).body.error.fields,
    ).toHaveProperty("code");
    expect((await send(confirmRoute, { as, body: { code: codeOf(body.secret) } })).status).toBe(200);
    expect((await send(beginRoute, { as: { ...as, cookie: "" }, body: { password: form.password } })).status).toBe(401);
  });

  test("ends all other sessions, lets the asking one and API tokens go on, and is told by mail", async () => {
    const { form, user, channel } = await newPerson();
    const [as, other] = [await enter({ user, channel }), await enter({ user, channel })];
    const { token } = await makeApiToken({
      viewer: as.account,
      sessionId: null,
      token: { name: "A program", scopes: ["account:read"], expiresInDays: 1 },
    });
    const { body } = await send(beginRoute, { as, body: { password: form.password } });
    const done = await send(confirmRoute, { as, body: { code: codeOf(body.secret) } });
    expect(new Set(done.body.recoveryCodes).size).toBe(10);
    const me = async (asked: Parameters<typeof makeRequest>[0]) => (await meRoute(makeRequest(asked))).status;
    const cookie = done.response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    expect(await me({ as: { ...as, cookie } })).toBe(200);
    expect(await me({ as })).toBe(401);
    expect(await me({ as: other })).toBe(401);
    expect(await me({ bearer: token })).toBe(200);
    expect((await mails.to(form.email)).map(({ headers }) => headers.subject)).toEqual(["Second factor switched on"]);
    expect(await (await getRoute(makeRequest({ as: { ...as, cookie } }))).json()).toEqual({
      enabled: true,
      recoveryCodesLeft: 10,
    });
  });

  test("cannot be done twice", async () => {
    const { form, as, secret } = await protectedPerson();
    expect((await send(beginRoute, { as, body: { password: form.password } })).status).toBe(409);
    expect((await send(confirmRoute, { as, body: { code: codeOf(secret) } })).status).toBe(409);
  });
});

describe("signing in", () => {
  test("says that a code is needed to who knows the password, and nothing to anybody else", async () => {
    const { form } = await protectedPerson();
    const asked = await signIn(form);
    expect([asked.status, asked.body.error.code, asked.body.error.fields]).toEqual([
      401,
      "second_factor_required",
      undefined,
    ]);
    const wrong = await signIn({ ...form, password: "not the password" }, "123456");
    expect(wrong.body.error.code).toBe("unauthenticated");
  });

  test("takes codes of a clock that is one step off, each once, and none from before the last", async () => {
    const { form, secret } = await protectedPerson();
    const status = async (steps: number) => (await signIn(form, codeOf(secret, steps))).status;
    // The code of step -1 switched it on.
    expect(await status(-1)).toBe(401);
    expect(await status(-2)).toBe(401);
    expect(await status(2)).toBe(401);
    expect(await status(0)).toBe(200);
    expect(await status(0)).toBe(401);
    expect(await status(1)).toBe(200);
    expect(await status(0)).toBe(401);
    vi.setSystemTime(Date.now() + 90_000);
    expect(await status(-1)).toBe(200);
  });

  test("of two log-ins with one code at the same time one goes in", async () => {
    const { form, secret } = await protectedPerson();
    const code = codeOf(secret);
    const answers = await Promise.all([signIn(form, code), signIn(form, code)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401]);
  });

  test("takes a recovery code in the same field, once, however it is typed", async () => {
    const { form, user, codes, as } = await protectedPerson();
    const [code = ""] = codes;
    expect((await signIn(form, code.toUpperCase().replaceAll("-", " "))).status).toBe(200);
    const again = await signIn(form, code);
    expect([again.status, again.body.error.code]).toEqual([401, "second_factor_required"]);
    expect(again.body.error.fields.totp).toBe("This code is wrong, too old or was used before.");
    expect(await (await getRoute(makeRequest({ as }))).json()).toMatchObject({ recoveryCodesLeft: 9 });
    const lines = await db().select().from(auditLog).where(eq(auditLog.targetId, user.id)).orderBy(auditLog.id);
    expect(lines.find(({ action }) => action === "account.use_recovery_code")?.address).toBe("127.0.0.1");
    const stored = JSON.stringify([lines, await db().select().from(recoveryCodes)]);
    for (const one of codes) expect(stored).not.toContain(one);
  });

  test("does not take another account's recovery code", async () => {
    const [one, other] = [await protectedPerson(), await protectedPerson()];
    expect((await signIn(one.form, other.codes[0])).status).toBe(401);
  });

  test("counts wrong codes like wrong passwords, and by account whatever address they come from", async () => {
    const { form, secret } = await protectedPerson();
    // Few enough that the slow hashes of a busy machine do not make the test late.
    overrideEnv({ RATE_LIMITS: "on", RATE_LIMIT_LOGIN_PAIR: "3/900" });
    forgetInstanceSettings();
    await db().delete(rateLimits);
    for (let tries = 0; tries < 3; tries += 1) {
      expect((await signIn(form, "000000", `203.0.113.${tries}`)).status).toBe(401);
    }
    expect((await signIn(form, codeOf(secret), "198.51.100.7")).status).toBe(429);
    // Asking without a code is no guess and counts for nothing.
    await db().delete(rateLimits);
    for (let tries = 0; tries < 4; tries += 1) {
      expect((await signIn(form, undefined, "203.0.113.99")).body.error.code).toBe("second_factor_required");
    }
    expect((await signIn(form, codeOf(secret), "203.0.113.99")).status).toBe(200);
  });
});

describe("afterwards", () => {
  test("recovery codes are made anew with password and code, and the old ones end", async () => {
    const { form, as, secret, codes } = await protectedPerson();
    const proof = { password: form.password, code: codeOf(secret) };
    expect((await send(codesRoute, { as, body: { ...proof, password: "wrong" } })).status).toBe(400);
    expect((await send(codesRoute, { as, body: { ...proof, code: "000000" } })).body.error.fields).toHaveProperty(
      "code",
    );
    const made = await send(codesRoute, { as, body: proof });
    expect([made.status, made.body.recoveryCodes.length]).toEqual([201, 10]);
    expect((await signIn(form, codes[0])).status).toBe(401);
    expect((await signIn(form, made.body.recoveryCodes[0])).status).toBe(200);
  });

  test("it is switched off with password and code or recovery code, and told by mail", async () => {
    const { form, user, as, codes } = await protectedPerson();
    const remove = (body: unknown) => send(removeRoute, { as, method: "DELETE", body });
    expect((await remove({ password: form.password, code: "000000" })).status).toBe(400);
    expect((await remove({ password: "wrong", code: codes[1] })).status).toBe(400);
    expect((await remove({ password: form.password, code: codes[1] })).status).toBe(204);
    expect((await remove({ password: form.password, code: codes[2] })).status).toBe(409);
    expect((await signIn(form)).status).toBe(200);
    expect((await mails.to(form.email)).at(-1)?.headers.subject).toBe("Second factor switched off");
    expect(await db().select().from(recoveryCodes).where(eq(recoveryCodes.userId, user.id))).toEqual([]);
  });

  test("a log-in whose password was checked before it was switched on gets no session", async () => {
    const { form, as } = await newPerson();
    const { body } = await send(beginRoute, { as, body: { password: form.password } });
    const verified = await verifyCredentials(form);
    expect((await send(confirmRoute, { as, body: { code: codeOf(body.secret) } })).status).toBe(200);
    const client = { userAgent: "", address: "127.0.0.1" };
    await expect(startSession({ verified, kind: "browser", client })).rejects.toThrow("Sign in again.");
  });
});

describe("a second factor that was lost", () => {
  const drop = (as: Person, userId: string) =>
    dropRoute(makeRequest({ method: "DELETE", as }), withParams({ userId })).then(({ status }) => status);

  test("is taken away by an admin: all that was signed in ends, the owner is told, and the password is enough", async () => {
    const { form, user, as } = await protectedPerson();
    const admin = await makePerson({ role: "admin" });
    expect((await signIn(form)).status).toBe(401);
    expect(await drop(as, user.id)).toBe(403);
    expect(await drop(admin, user.id)).toBe(204);
    expect(await drop(admin, user.id)).toBe(409);
    expect((await meRoute(makeRequest({ as }))).status).toBe(401);
    expect((await signIn(form)).status).toBe(200);
    expect((await mails.to(form.email)).at(-1)?.headers.subject).toBe("Second factor switched off");
    expect(await db().select().from(recoveryCodes).where(eq(recoveryCodes.userId, user.id))).toEqual([]);
    const lines = await db().select().from(auditLog).where(eq(auditLog.targetId, user.id)).orderBy(auditLog.id);
    expect(lines.at(-1)).toMatchObject({ action: "account.second_factor_drop", actorId: admin.account.id });
  });

  test("an admin's own is not: a session that was left open must not be enough", async () => {
    const admin = await makePerson({ role: "admin" });
    expect(await drop(admin, admin.account.id)).toBe(409);
  });

  test("is taken away by the operator's command, by address", async () => {
    const { form } = await protectedPerson();
    await dropSecondFactorOf(form.email.toUpperCase());
    expect((await signIn(form)).status).toBe(200);
    await expect(dropSecondFactorOf(form.email)).rejects.toMatchObject({ code: "conflict" });
    await expect(dropSecondFactorOf("nobody@example.org")).rejects.toMatchObject({ code: "not_found" });
  });
});
