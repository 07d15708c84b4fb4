import { eq } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createAccount } from "#lib/accounts/create-account.ts";
import { sealSecret } from "#lib/accounts/second-factor/sealed-secret.ts";
import { newTimeSecret } from "#lib/accounts/second-factor/time-code.ts";
import { db } from "#lib/db/client.ts";
import { confirmTotp, putUnconfirmedTotp } from "#lib/db/queries/accounts/second-factor.ts";
import { rateLimits, users } from "#lib/db/schema/index.ts";
import { overrideEnv } from "#lib/env.ts";
import { defaultLimits as limits } from "#lib/rate-limits.ts";
import { freshSignUp } from "#tests/factories/credentials.ts";
import { makeRequest, withParams } from "#tests/factories/requests.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { GET, POST } from "../../../app/api/auth/[...nextauth]/route.ts";
import { GET as meRoute } from "../../../app/api/v1/me/route.ts";

testDatabase();

const form = freshSignUp();
const lan = "192.168.1.5:3000";

beforeAll(async () => {
  await createAccount({ ...form, role: "creator" });
});
beforeEach(async () => {
  overrideEnv({ RATE_LIMITS: "on" });
  await db().delete(rateLimits);
});
afterEach(() => overrideEnv({ RATE_LIMITS: "off", PUBLIC_URL: undefined }));

const cookiesOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");

const ask = (path: string, cookie = "") =>
  GET(
    makeRequest({ path: `/api/auth/${path}`, headers: { host: lan, ...(cookie === "" ? {} : { cookie }) } }),
    withParams({ nextauth: path.split("/") }),
  );

/** Signs in as a browser with next-auth's own client code does. */
const signIn = async (fields: Record<string, string>, address = "127.0.0.1") => {
  const csrf = await ask("csrf");
  const { csrfToken } = await csrf.json();
  const cookie = cookiesOf(csrf);
  const body = new URLSearchParams({ csrfToken, json: "true", callbackUrl: `http://${lan}/studio`, ...fields });
  const request = makeRequest({
    method: "POST",
    path: "/api/auth/callback/credentials",
    headers: { host: lan, origin: `http://${lan}`, cookie, "content-type": "application/x-www-form-urlencoded" },
    body: body.toString(),
    address,
  });
  const response = await POST(request, withParams({ nextauth: ["callback", "credentials"] }));
  return { response, body: await response.json() };
};

describe("signing in through next-auth", () => {
  test("gives a session that the API knows, on a LAN address over plain http", async () => {
    const { response, body } = await signIn({ email: form.email, password: form.password });
    expect(response.status).toBe(200);
    expect(body.url).toBe(`http://${lan}/studio`);
    const cookies = response.headers.getSetCookie();
    const session = cookies.find((cookie) => cookie.startsWith("next-auth.session-token="));
    expect(session).toMatch(/HttpOnly; SameSite=Lax/);
    expect(session).not.toMatch(/Secure/);
    const own = await meRoute(makeRequest({ path: "/api/v1/me", headers: { cookie: cookiesOf(response) } }));
    expect((await own.json()).username).toBe(form.username);
    const shown = await (await ask("session", cookiesOf(response))).json();
    expect(shown.user).toMatchObject({ username: form.username, role: "creator" });
  });

  test("refuses a wrong password without saying whether the account exists", async () => {
    const wrong = await signIn({ email: form.email, password: "not the password" });
    const unknown = await signIn({ email: "nobody@example.org", password: "not the password" });
    expect([wrong.response.status, unknown.response.status]).toEqual([401, 401]);
    expect(wrong.body.url).toContain("error=CredentialsSignin");
    expect(unknown.body).toEqual(wrong.body);
  });

  test("is behind the same limit as the API's log-in and tells so", async () => {
    for (let tries = 0; tries < limits.loginPair.hits; tries += 1) {
      expect((await signIn({ email: form.email, password: "wrong" }, "203.0.113.7")).response.status).toBe(401);
    }
    const { response, body } = await signIn({ email: form.email, password: form.password }, "203.0.113.7");
    expect(response.status).toBe(429);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(body.error.code).toBe("rate_limited");
    expect(body.url).toContain("error=rate_limited");
    const elsewhere = await signIn({ email: form.email, password: form.password }, "203.0.113.8");
    expect(elsewhere.response.status).toBe(200);
  });

  test("tells that a code is needed, and takes it beside the password", async () => {
    const fresh = freshSignUp();
    const { id: userId } = await createAccount({ ...fresh, role: "creator" });
    const secret = newTimeSecret();
    await putUnconfirmedTotp(db(), { userId, sealedSecret: sealSecret({ userId, secret }) });
    await confirmTotp(db(), { userId, step: 0 });
    const pair = { email: fresh.email, password: fresh.password };
    for (const fields of [pair, { ...pair, totp: "" }, { ...pair, totp: "000000" }]) {
      const { response, body } = await signIn(fields);
      expect([response.status, body.error.code]).toEqual([401, "second_factor_required"]);
      expect(body.url).toContain("error=second_factor_required");
      expect(response.headers.getSetCookie().join()).not.toContain("session-token=ey");
    }
    const totp = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
    expect((await signIn({ ...pair, totp })).response.status).toBe(200);
  });

  test("leads nowhere but this site", async () => {
    const to = async (callbackUrl: string) =>
      (await signIn({ email: form.email, password: form.password, callbackUrl })).body.url;
    expect(await to("https://evil.example/")).toBe(`http://${lan}`);
    expect(await to("//evil.example/")).toBe(`http://${lan}`);
    expect(await to("/\\evil.example")).toBe(`http://${lan}`);
    expect(await to("/watch/1")).toBe(`http://${lan}/watch/1`);
  });

  test("does nothing without next-auth's own token", async () => {
    const { response, body } = await signIn({ email: form.email, password: form.password, csrfToken: "made-up" });
    // It says yes all the same; lib/api-client/sign-in-refusal.ts knows this address.
    expect(body.url).toBe(`http://${lan}/api/auth/signin?csrf=true`);
    expect(response.headers.getSetCookie().some((cookie) => cookie.includes("session-token=ey"))).toBe(false);
  });

  test("has cookies for TLS alone when the instance's address is https", async () => {
    overrideEnv({ PUBLIC_URL: "https://tube.example" });
    const cookies = (await ask("csrf")).headers.getSetCookie();
    expect(cookies[0]).toMatch(/^__Host-next-auth\.csrf-token=.*; Secure/);
  });
});

describe("next-auth's session address", () => {
  test("knows nobody any more once the account's sessions have ended", async () => {
    const { response } = await signIn({ email: form.email, password: form.password });
    const cookie = cookiesOf(response);
    await db().update(users).set({ sessionVersion: 9 }).where(eq(users.username, form.username));
    const session = await ask("session", cookie);
    expect(await session.json()).toEqual({});
    expect(session.headers.getSetCookie().join()).toMatch(/session-token=;/);
  });

  test("next-auth's log is not for everyone to write into", async () => {
    const request = makeRequest({ method: "POST", path: "/api/auth/_log", body: { code: "X", level: "error" } });
    expect((await POST(request, withParams({ nextauth: ["_log"] }))).status).toBe(404);
  });
});
