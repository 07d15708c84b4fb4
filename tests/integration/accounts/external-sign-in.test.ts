import { eq } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createAccount } from "#lib/accounts/create-account.ts";
import { sealSecret } from "#lib/accounts/second-factor/sealed-secret.ts";
import { newTimeSecret } from "#lib/accounts/second-factor/time-code.ts";
import { db } from "#lib/db/client.ts";
import { confirmTotp, putUnconfirmedTotp } from "#lib/db/queries/accounts/second-factor.ts";
import { mails, oauthAccounts, rateLimits, sessions, users } from "#lib/db/schema/index.ts";
import { overrideEnv } from "#lib/env.ts";
import { defaultLimits } from "#lib/rate-limits.ts";
import { forgetInstanceSettings } from "#lib/settings/instance-settings.ts";
import { freshSignUp } from "#tests/factories/credentials.ts";
import { Browser, type OidcServer, startOidcServer } from "#tests/factories/oidc-browser.ts";
import { makeRequest, site, withParams } from "#tests/factories/requests.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { POST as passCode } from "../../../app/api/v1/auth/second-factor/route.ts";
import { GET as me } from "../../../app/api/v1/me/route.ts";

testDatabase();

let server: OidcServer;
let serial = 0;

beforeAll(async () => {
  server = await startOidcServer();
  overrideEnv({
    ...{ OIDC_ISSUER: server.issuer, OIDC_CLIENT_ID: "kinora", OIDC_CLIENT_SECRET: "hush", OIDC_NAME: "Campus" },
  });
});
afterAll(() => server.stop());
beforeEach(() => {
  signUpMode("open");
  serial += 1;
  server.userinfo = {};
  server.claims = {
    ...{ sub: `subject-${serial}`, email: `ada${serial}@example.org`, email_verified: true },
    ...{ preferred_username: `ada${serial}`, name: "Ada Lovelace" },
  };
});

const signUpMode = (mode: "open" | "closed" | "approval") => {
  overrideEnv({ SIGNUP: mode });
  forgetInstanceSettings();
};
const whoIs = async (browser: Browser) => {
  const answer = await me(makeRequest({ path: "/api/v1/me", headers: { cookie: browser.cookie } }));
  return answer.status === 200 ? (await answer.json()).username : null;
};
const userOf = async (email: string) => {
  const [row] = await db().select().from(users).where(eq(users.email, email));
  return row;
};
const linksOf = (userId: string | undefined) =>
  db()
    .select()
    .from(oauthAccounts)
    .where(eq(oauthAccounts.userId, userId ?? ""));
const withTotp = async (userId: string): Promise<() => string> => {
  const secret = newTimeSecret();
  await putUnconfirmedTotp(db(), { userId, sealedSecret: sealSecret({ userId, secret }) });
  await confirmTotp(db(), { userId, step: 0 });
  return () => new TOTP({ secret: Secret.fromBase32(secret) }).generate();
};

describe("coming in through another service", () => {
  test("sends state, PKCE and a nonce along, and asks for nothing that a link wants", async () => {
    const browser = new Browser();
    const { csrfToken } = await (await browser.door("GET", "csrf")).json();
    const answer = await browser.door("POST", "signin/oidc?scope=admin&redirect_uri=https://evil.example", {
      ...{ csrfToken, json: "true", callbackUrl: "/" },
    });
    const search = new URL((await answer.json()).url).searchParams;
    expect(search.get("code_challenge_method")).toBe("S256");
    for (const name of ["state", "nonce", "code_challenge"]) expect(search.get(name)?.length).toBeGreaterThan(20);
    expect(search.get("scope")).toBe("openid email profile");
    expect(search.get("redirect_uri")).toBe(`${site}/api/auth/callback/oidc`);
  });

  test("opens an account with a channel, and a session like every other log-in", async () => {
    const browser = new Browser();
    expect(await browser.signIn("/studio")).toBe("/studio");
    expect(await whoIs(browser)).toBe(`ada${serial}`);
    const user = await userOf(`ada${serial}@example.org`);
    expect(user).toMatchObject({ displayName: "Ada Lovelace", passwordHash: null, role: "creator", status: "active" });
    expect(user?.emailVerifiedAt).not.toBeNull();
    const rows = await db()
      .select()
      .from(sessions)
      .where(eq(sessions.userId, user?.id ?? ""));
    expect(rows).toMatchObject([{ kind: "browser", endedAt: null }]);
    expect(await linksOf(user?.id)).toMatchObject([
      { provider: `oidc:${server.issuer}`, subject: `subject-${serial}` },
    ]);
  });

  test("knows whoever comes back by the subject, whatever their address is by then", async () => {
    await new Browser().signIn();
    server.claims = { ...server.claims, email: "elsewhere@example.org", preferred_username: "other" };
    const browser = new Browser();
    await browser.signIn();
    expect(await whoIs(browser)).toBe(`ada${serial}`);
    expect(await userOf("elsewhere@example.org")).toBeUndefined();
  });

  test("has an unconfirmed address confirmed by mail, and takes the address from userinfo when the token has none", async () => {
    const { sub } = server.claims;
    server.claims = { sub };
    server.userinfo = { sub, email: `from-userinfo-${serial}@example.org`, email_verified: false };
    const browser = new Browser();
    await browser.signIn();
    const user = await userOf(`from-userinfo-${serial}@example.org`);
    expect(user?.emailVerifiedAt).toBeNull();
    const written = await db()
      .select()
      .from(mails)
      .where(eq(mails.userId, user?.id ?? ""));
    expect(written.map(({ kind }) => kind)).toEqual(["verify_email"]);
  });

  test("does not believe userinfo of somebody else", async () => {
    const { sub } = server.claims;
    server.claims = { sub };
    server.userinfo = { sub: "somebody-else", email: `theirs-${serial}@example.org`, email_verified: true };
    expect(await new Browser().signIn()).toBe("/login?error=external_no_email");
  });

  test("two windows at once open one account", async () => {
    const ends = await Promise.all([new Browser().signIn(), new Browser().signIn(), new Browser().signIn()]);
    expect(ends).toEqual(["/studio", "/studio", "/studio"]);
    expect(await linksOf((await userOf(`ada${serial}@example.org`))?.id)).toHaveLength(1);
  });

  test("a name that somebody has is not taken from them", async () => {
    const form = freshSignUp();
    await createAccount({ ...form, role: "creator" });
    server.claims = { ...server.claims, preferred_username: form.username };
    const browser = new Browser();
    await browser.signIn();
    const username = await whoIs(browser);
    expect(username).not.toBe(form.username);
    expect(username).toBe(`ada${serial}`);
  });

  test("leads nowhere but this site", async () => {
    expect(await new Browser().signIn("https://evil.example/")).toBe("/");
  });
});

describe("an account with the same address", () => {
  const local = async (confirmed: boolean) => {
    const form = freshSignUp();
    const user = await createAccount({ ...form, role: "creator", ...(confirmed ? {} : { verifyIn: "en" as const }) });
    server.claims = { ...server.claims, email: form.email.toUpperCase() };
    return { form, user };
  };

  test("is the same person when both sides have confirmed it", async () => {
    const { form, user } = await local(true);
    const browser = new Browser();
    expect(await browser.signIn()).toBe("/studio");
    expect(await whoIs(browser)).toBe(form.username);
    expect(await linksOf(user.id)).toHaveLength(1);
    const written = await db().select().from(mails).where(eq(mails.userId, user.id));
    expect(written.map(({ kind }) => kind)).toContain("connection_changed");
  });

  test.each([
    ["the service has not", true, false],
    ["we have not", false, true],
    ["nobody has", false, false],
  ])("is not taken for the same person when %s", async (_, confirmed, verified) => {
    const { user } = await local(confirmed);
    server.claims.email_verified = verified;
    const browser = new Browser();
    expect(await browser.signIn()).toBe("/login?error=external_link_first");
    expect(await whoIs(browser)).toBeNull();
    expect(await linksOf(user.id)).toEqual([]);
  });
});

describe("whoever may not come in", () => {
  test("a suspended account stays outside, known or found by its address", async () => {
    await new Browser().signIn();
    await db()
      .update(users)
      .set({ status: "suspended" })
      .where(eq(users.username, `ada${serial}`));
    expect(await new Browser().signIn()).toBe("/login?error=external_suspended");
    server.claims.sub = `other-${serial}`;
    expect(await new Browser().signIn()).toBe("/login?error=external_suspended");
    expect(await linksOf((await userOf(`ada${serial}@example.org`))?.id)).toHaveLength(1);
  });

  test("an account that is just being removed stays outside, known or found by its address", async () => {
    await new Browser().signIn();
    await db()
      .update(users)
      .set({ deletedAt: new Date() })
      .where(eq(users.username, `ada${serial}`));
    expect(await new Browser().signIn()).toBe("/login?error=external_suspended");
    server.claims.sub = `other-${serial}`;
    expect(await new Browser().signIn()).toBe("/login?error=external_suspended");
  });

  test("closed sign-up opens nothing, and lets those in who are there", async () => {
    await new Browser().signIn();
    signUpMode("closed");
    expect(await new Browser().signIn()).toBe("/studio");
    server.claims = { ...server.claims, sub: `new-${serial}`, email: `new-${serial}@example.org` };
    expect(await new Browser().signIn()).toBe("/login?error=external_closed");
    expect(await userOf(`new-${serial}@example.org`)).toBeUndefined();
  });

  test("sign-up by approval opens an account that waits", async () => {
    signUpMode("approval");
    for (const _ of [1, 2]) expect(await new Browser().signIn()).toBe("/login?error=external_pending");
    expect((await userOf(`ada${serial}@example.org`))?.status).toBe("pending");
  });

  test("the second factor is asked for, and a code of it ends the log-in", async () => {
    await new Browser().signIn();
    const user = await userOf(`ada${serial}@example.org`);
    const code = await withTotp(user?.id ?? "");
    const browser = new Browser();
    expect(await browser.signIn("/studio")).toBe("/login/code?next=%2Fstudio");
    expect(await whoIs(browser)).toBeNull();
    const send = async (totp: string, cookie = browser.cookie) =>
      browser.keep(
        await passCode(
          makeRequest({
            ...{ method: "POST", path: "/api/v1/auth/second-factor", body: { totp } },
            headers: { cookie, origin: site },
          }),
          withParams(),
        ),
      );
    expect((await send(code(), "other=1")).status).toBe(401);
    const wrong = await send("000000");
    expect([wrong.status, (await wrong.json()).error.code]).toEqual([401, "second_factor_required"]);
    expect((await send(code())).status).toBe(204);
    expect(await whoIs(browser)).toBe(`ada${serial}`);
    expect((await send("000000")).status).toBe(401);
  });
});

test.each([
  ["open", "/studio", "203.0.113.9"],
  ["approval", "/login?error=external_pending", "203.0.113.10"],
] as const)(
  "accounts opened this way count as sign-ups (%s); who has one is let through",
  async (mode, led, address) => {
    signUpMode(mode);
    overrideEnv({ RATE_LIMITS: "on" });
    await db().delete(rateLimits);
    try {
      const { hits } = defaultLimits.signup;
      for (let n = 0; n <= hits; n += 1) {
        Object.assign(server.claims, {
          sub: `${mode}-${n}`,
          email: `${mode}-${n}@example.org`,
          preferred_username: `${mode}-${n}`,
        });
        expect(await new Browser(address).signIn()).toBe(n < hits ? led : "/login?error=rate_limited");
      }
      expect(await userOf(`${mode}-${hits}@example.org`)).toBeUndefined();
      server.claims.sub = `${mode}-0`;
      expect(await new Browser(address).signIn()).toBe(led);
    } finally {
      overrideEnv({ RATE_LIMITS: "off" });
    }
  },
);

describe("what was tampered with on the way", () => {
  const refused = async (change: (back: URL, browser: Browser) => void) => {
    const browser = new Browser();
    const back = await browser.visitService(await browser.beginSignIn());
    change(back, browser);
    const answer = await browser.comeBack(back);
    expect(answer.headers.get("location")).toMatch(/^http:\/\/kinora\.test:3000\/login\?error=(OAuth)?Callback$/);
    expect(await whoIs(browser)).toBeNull();
    expect(await userOf(`ada${serial}@example.org`)).toBeUndefined();
  };

  test("another state, none, another browser's", async () => {
    await refused((back) => back.searchParams.set("state", "made-up"));
    await refused((back) => back.searchParams.delete("state"));
    await refused((_, browser) => browser.set("next-auth.state", ""));
  });

  test("another code, and another browser's code challenge", async () => {
    await refused((back) => back.searchParams.set("code", "made-up"));
    const other = new Browser();
    await other.beginSignIn();
    await refused((_, browser) =>
      browser.set("next-auth.pkce.code_verifier", other.get("next-auth.pkce.code_verifier") ?? ""),
    );
  });

  const now = () => Math.floor(Date.now() / 1000);
  test.each([
    ["another nonce", () => ({ nonce: "made-up" })],
    ["another audience", () => ({ aud: "another-site" })],
    ["another issuer", () => ({ iss: "https://evil.example" })],
    ["an expired token", () => ({ iat: now() - 7200, exp: now() - 3600 })],
    ["a token of tomorrow", () => ({ nbf: now() + 86_400 })],
  ])("%s", async (_, change) => {
    Object.assign(server.claims, change());
    await refused(() => undefined);
  });

  test("a person who says no at the service comes back to the log-in", async () => {
    await refused((back) => {
      back.searchParams.delete("code");
      back.searchParams.set("error", "access_denied");
    });
  });

  test("a service that is away says so on the log-in page", async () => {
    overrideEnv({ OIDC_ISSUER: "http://localhost:9" });
    const address = await new Browser().beginSignIn();
    expect(address.pathname + address.search).toBe("/login?error=OAuthSignin");
    overrideEnv({ OIDC_ISSUER: server.issuer });
  });
});
