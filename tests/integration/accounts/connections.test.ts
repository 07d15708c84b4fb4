import { and, asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createAccount } from "#lib/accounts/create-account.ts";
import { db } from "#lib/db/client.ts";
import { mails, oauthAccounts, sessions, users } from "#lib/db/schema/index.ts";
import { overrideEnv } from "#lib/env.ts";
import { freshSignUp } from "#tests/factories/credentials.ts";
import { Browser, type OidcServer, startOidcServer } from "#tests/factories/oidc-browser.ts";
import { enter } from "#tests/factories/people.ts";
import { makeRequest, site, withParams } from "#tests/factories/requests.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { DELETE } from "../../../app/api/v1/me/connections/[connectionId]/route.ts";
import { GET, POST } from "../../../app/api/v1/me/connections/route.ts";

testDatabase();

let server: OidcServer;
let serial = 0;
beforeAll(async () => {
  server = await startOidcServer();
  overrideEnv({
    OIDC_ISSUER: server.issuer,
    OIDC_CLIENT_ID: "kinora",
    OIDC_CLIENT_SECRET: "hush",
    OIDC_NAME: "Campus",
  });
});
afterAll(() => server.stop());
beforeEach(() => {
  serial += 1;
  server.claims = { sub: `s${serial}`, email: `other-address-${serial}@example.org`, email_verified: false };
});

/** Somebody with a password who is signed in. */
const somebody = async () => {
  const form = freshSignUp();
  const user = await createAccount({ ...form, role: "creator" });
  const browser = new Browser();
  const { cookie } = await enter({ user, channel: { id: user.id, handle: user.username } });
  const at = cookie.indexOf("=");
  browser.set(cookie.slice(0, at), cookie.slice(at + 1));
  return { form, user, browser };
};
const headersOf = (browser: Browser) => ({ cookie: browser.cookie, origin: site });
const list = async (browser: Browser) =>
  (await GET(makeRequest({ path: "/api/v1/me/connections", headers: headersOf(browser) }), withParams())).json();
const begin = async (browser: Browser, body: Record<string, unknown>) =>
  browser.keep(
    await POST(
      makeRequest({ method: "POST", path: "/api/v1/me/connections", headers: headersOf(browser), body }),
      withParams(),
    ),
  );
const remove = (browser: Browser, connectionId: string) =>
  DELETE(
    makeRequest({ method: "DELETE", path: "/api/v1/me/connections/x", headers: headersOf(browser) }),
    withParams({ connectionId }),
  );

/** Subjects of the mails that told somebody of a service, in order. */
const toldOf = async (userId: string) => {
  const rows = await db()
    .select({ subject: mails.subject })
    .from(mails)
    .where(and(eq(mails.userId, userId), eq(mails.kind, "connection_changed")))
    .orderBy(asc(mails.id));
  return rows.map(({ subject }) => subject);
};

describe("the mail that tells of it", () => {
  test("is written once for connecting and once for taking away, in the account's language", async () => {
    const { form, user, browser } = await somebody();
    await db().update(users).set({ locale: "uk" }).where(eq(users.id, user.id));
    for (let round = 0; round < 2; round += 1) {
      await begin(browser, { service: "oidc", password: form.password });
      expect(await browser.signIn()).toBe("/settings/security?connection=connected");
    }
    expect(await toldOf(user.id)).toEqual(["Тепер ви можете входити через Campus"]);
    const [{ id }] = (await list(browser)).items;
    await remove(browser, id);
    expect((await remove(browser, id)).status).toBe(404);
    expect(await toldOf(user.id)).toEqual(["Тепер ви можете входити через Campus", "Вхід через Campus від’єднано"]);
  });

  test("does not go to an address that nobody has confirmed, nor tell a new account of its own beginning", async () => {
    const { form, user, browser } = await somebody();
    await db().update(users).set({ emailVerifiedAt: null }).where(eq(users.id, user.id));
    await begin(browser, { service: "oidc", password: form.password });
    expect(await browser.signIn()).toBe("/settings/security?connection=connected");
    expect(await toldOf(user.id)).toEqual([]);
    server.claims = { sub: `new-${serial}`, email: `new-${serial}@example.org`, email_verified: true };
    const newcomer = new Browser();
    await newcomer.signIn();
    const [opened] = await db()
      .select()
      .from(users)
      .where(eq(users.email, `new-${serial}@example.org`));
    expect(await toldOf(opened?.id ?? "")).toEqual([]);
  });
});

describe("connecting a service", () => {
  test("takes the password, then the service, and opens the account from then on", async () => {
    const { form, browser } = await somebody();
    expect(await list(browser)).toMatchObject({
      items: [],
      available: [{ id: "oidc", name: "Campus" }],
      hasPassword: true,
    });
    expect((await begin(browser, { service: "oidc", password: form.password })).status).toBe(204);
    expect(await browser.signIn()).toBe("/settings/security?connection=connected");
    expect(await list(browser)).toMatchObject({ items: [{ name: "Campus", service: "oidc" }], available: [] });
    const elsewhere = new Browser();
    expect(await elsewhere.signIn()).toBe("/studio");
    expect((await list(elsewhere)).items).toHaveLength(1);
  });

  test("is refused without the password, for programs' tokens and for services that are not configured", async () => {
    const { form, browser } = await somebody();
    const wrong = await begin(browser, { service: "oidc", password: "not it" });
    expect([wrong.status, Object.keys((await wrong.json()).error.fields)]).toEqual([400, ["password"]]);
    expect((await begin(browser, { service: "oidc" })).status).toBe(400);
    expect((await begin(browser, { service: "github", password: form.password })).status).toBe(400);
    // Nothing was asked for, so that coming back is a log-in of its own and no connection.
    await browser.signIn();
    const [made] = await db()
      .select()
      .from(oauthAccounts)
      .where(eq(oauthAccounts.subject, `s${serial}`));
    const [user] = await db().select().from(users).where(eq(users.email, form.email));
    expect(made?.userId).not.toBe(user?.id);
  });

  test("connects nothing in another session than the one that asked", async () => {
    const { form, user, browser } = await somebody();
    await begin(browser, { service: "oidc", password: form.password });
    await db().update(sessions).set({ endedAt: new Date() }).where(eq(sessions.userId, user.id));
    expect(await browser.signIn()).toBe("/studio");
    expect(await db().select().from(oauthAccounts).where(eq(oauthAccounts.userId, user.id))).toEqual([]);
  });

  test("says when the log-in opens another account already", async () => {
    await new Browser().signIn();
    const { form, browser } = await somebody();
    await begin(browser, { service: "oidc", password: form.password });
    expect(await browser.signIn()).toBe("/settings/security?connection=taken");
  });
});

describe("taking a service away", () => {
  test("works while a password is left, and for one's own alone", async () => {
    const { form, browser } = await somebody();
    await begin(browser, { service: "oidc", password: form.password });
    await browser.signIn();
    const [{ id }] = (await list(browser)).items;
    const stranger = await somebody();
    expect((await remove(stranger.browser, id)).status).toBe(404);
    expect((await remove(browser, id)).status).toBe(204);
    expect((await remove(browser, id)).status).toBe(404);
    expect((await list(browser)).items).toEqual([]);
  });

  test("is refused for the last way to sign in", async () => {
    const browser = new Browser();
    await browser.signIn();
    const [{ id }] = (await list(browser)).items;
    const answer = await remove(browser, id);
    expect([answer.status, (await answer.json()).error.code]).toEqual([409, "conflict"]);
    expect((await list(browser)).items).toHaveLength(1);
  });

  test("an account without a password shows its owner by a session that has just begun", async () => {
    const browser = new Browser();
    await browser.signIn();
    expect((await begin(browser, { service: "oidc" })).status).toBe(204);
    await db()
      .update(sessions)
      .set({ createdAt: new Date(Date.now() - 11 * 60_000) });
    expect((await begin(browser, { service: "oidc" })).status).toBe(403);
  });
});
