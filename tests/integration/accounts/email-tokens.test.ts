import { eq, sql } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import { createAccount } from "#lib/accounts/create-account.ts";
import { db } from "#lib/db/client.ts";
import { auditLog, emailTokens, mails as mailRows, oauthAccounts, totpSecrets, users } from "#lib/db/schema/index.ts";
import { overrideEnv } from "#lib/env.ts";
import { newId } from "#lib/ids.ts";
import { accountMails, tokenOf } from "#tests/factories/account-mails.ts";
import { freshSignUp } from "#tests/factories/credentials.ts";
import { enter, makePerson, type Person } from "#tests/factories/people.ts";
import { makeRequest } from "#tests/factories/requests.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { POST as forgotRoute } from "../../../app/api/v1/auth/forgot-password/route.ts";
import { POST as resetRoute } from "../../../app/api/v1/auth/reset-password/route.ts";
import { POST as signUpRoute } from "../../../app/api/v1/auth/signup/route.ts";
import { POST as tokenRoute } from "../../../app/api/v1/auth/token/route.ts";
import { POST as verifyRoute } from "../../../app/api/v1/auth/verify-email/route.ts";
import { POST as confirmRoute } from "../../../app/api/v1/me/email/confirm/route.ts";
import { POST as changeRoute } from "../../../app/api/v1/me/email/route.ts";
import { POST as verificationRoute } from "../../../app/api/v1/me/email/verification/route.ts";
import { POST as passwordRoute } from "../../../app/api/v1/me/password/route.ts";
import { GET as meRoute } from "../../../app/api/v1/me/route.ts";

testDatabase();
const mails = accountMails();

afterEach(() => overrideEnv({ RATE_LIMITS: "off", SIGNUP: undefined }));

type Asked = { as?: Person | null; body?: unknown; headers?: Record<string, string> };
const send = async (handler: (request: Request) => Promise<Response>, asked: Asked = {}) => {
  const response = await handler(makeRequest({ method: "POST", path: "/", ...asked }));
  const text = await response.text();
  return { status: response.status, text, error: text === "" ? undefined : JSON.parse(text).error };
};

/** A new account with a session of its own, whose address nobody has confirmed. */
const signedUp = async (headers: Record<string, string> = {}) => {
  const form = freshSignUp();
  const response = await signUpRoute(makeRequest({ method: "POST", path: "/", body: form, headers }));
  const { id: userId, channel } = await response.json();
  return { form, as: await enter({ user: await userOf(form.email), channel }), userId };
};
const userOf = async (email: string) => {
  const [user] = await db().select().from(users).where(eq(users.email, email));
  if (user === undefined) throw new Error(`nobody has ${email}`);
  return user;
};
const expireTokens = (userId: string) =>
  db().update(emailTokens).set({ expiresAt: sql`now() - interval '1 second'` }).where(eq(emailTokens.userId, userId));
const auditOf = async (userId: string) =>
  (await db().select().from(auditLog).where(eq(auditLog.targetId, userId)).orderBy(auditLog.id)).map(
    ({ action }) => action,
  );
const signIn = ({ email, password }: { email: string; password: string }) =>
  send(tokenRoute, { body: { email, password } });

describe("confirming an address", () => {
  test("takes the link of the mail once, and GET /me tells", async () => {
    const { form, as, userId } = await signedUp({ "accept-language": "uk" });
    const me = async () => (await meRoute(makeRequest({ path: "/api/v1/me", as }))).json();
    expect(await me()).toMatchObject({ emailVerified: false, status: "active" });
    const [mail, ...others] = await mails.to(form.email);
    expect(others).toEqual([]);
    expect(mail?.headers.subject).toBe("Підтвердьте свою адресу");
    const body = { token: tokenOf(mail) };
    expect(Buffer.from(body.token, "base64url")).toHaveLength(32);
    expect((await send(verifyRoute, { body })).status).toBe(204);
    expect(await me()).toMatchObject({ emailVerified: true });
    expect((await send(verifyRoute, { body })).status).toBe(410);
    expect(await auditOf(userId)).toEqual(["account.create", "account.verify_email"]);
    expect(JSON.stringify(await db().select().from(emailTokens))).not.toContain(body.token);
  });

  test("is refused to somebody who is signed in to another account, and the link stays good", async () => {
    const { form, as } = await signedUp();
    const body = { token: tokenOf((await mails.to(form.email))[0]) };
    expect((await send(verifyRoute, { body, as: await makePerson() })).status).toBe(403);
    expect((await userOf(form.email)).emailVerifiedAt).toBeNull();
    expect((await send(verifyRoute, { body, as })).status).toBe(204);
  });

  test("does not work after a day, and the newest link alone does", async () => {
    const { form, as, userId } = await signedUp();
    await expireTokens(userId);
    const first = tokenOf((await mails.to(form.email))[0]);
    expect((await send(verifyRoute, { body: { token: first } })).error.code).toBe("gone");
    for (const _ of [1, 2]) expect((await send(verificationRoute, { as })).status).toBe(202);
    const [, second, third] = (await mails.to(form.email)).map(tokenOf);
    expect((await send(verifyRoute, { body: { token: second } })).status).toBe(410);
    expect((await send(verifyRoute, { body: { token: third } })).status).toBe(204);
    expect((await send(verificationRoute, { as })).status).toBe(409);
  });

  test("sends three mails in a quarter of an hour", async () => {
    const { as } = await signedUp();
    overrideEnv({ RATE_LIMITS: "on" });
    const statuses: number[] = [];
    for (const _ of [1, 2, 3, 4]) statuses.push((await send(verificationRoute, { as })).status);
    expect(statuses).toEqual([202, 202, 202, 429]);
  });
});

test("nobody keeps another from confirming an address by asking for mails to it", async () => {
  const [victim, attacker] = [await signedUp(), await signedUp()];
  overrideEnv({ RATE_LIMITS: "on" });
  const body = { email: victim.form.email, password: attacker.form.password };
  for (const _ of [1, 2, 3]) expect((await send(changeRoute, { as: attacker.as, body })).status).toBe(202);
  expect((await send(verificationRoute, { as: victim.as })).status).toBe(202);
});

describe("a forgotten password", () => {
  test("is answered the same whether or not there is such an account, and only an active one gets a mail", async () => {
    const { form } = await signedUp();
    const people = [await makePerson({ status: "suspended" }), await makePerson({ status: "pending" })];
    const addresses = [form.email, "nobody@example.org", ...people.map(({ account }) => account.email)];
    const answers = [];
    for (const email of addresses) answers.push(await send(forgotRoute, { body: { email } }));
    expect(answers).toEqual(addresses.map(() => ({ status: 202, text: "", error: undefined })));
    const got: number[] = [];
    for (const address of addresses) got.push((await mails.to(address)).length);
    expect(got).toEqual([2, 0, 0, 0]);
  });

  test("gets another one by a link, once; everything that was signed in ends, and the address counts as confirmed", async () => {
    const { form, as, userId } = await signedUp();
    await send(forgotRoute, { body: { email: form.email.toUpperCase() } });
    const token = tokenOf((await mails.to(form.email))[1]);
    expect((await send(resetRoute, { body: { token, password: form.username } })).error.fields).toHaveProperty(
      "password",
    );
    expect((await send(resetRoute, { body: { token, password: "short" } })).status).toBe(400);
    const password = "another quiet cinema";
    expect((await send(resetRoute, { body: { token, password } })).status).toBe(204);
    expect((await send(resetRoute, { body: { token, password: "a third quiet cinema" } })).status).toBe(410);
    expect((await meRoute(makeRequest({ path: "/api/v1/me", as }))).status).toBe(401);
    expect((await signIn(form)).status).toBe(401);
    expect((await signIn({ ...form, password })).status).toBe(200);
    expect((await userOf(form.email)).emailVerifiedAt).not.toBeNull();
    expect((await mails.to(form.email)).at(-1)?.headers.subject).toBe("Your password was changed");
    expect(await auditOf(userId)).toEqual(["account.create", "account.ask_reset", "account.reset_password"]);
  });

  test("has one link at a time, for an hour, for an account that is active when it is used", async () => {
    const { form, userId } = await signedUp();
    const ask = async () => {
      await send(forgotRoute, { body: { email: form.email } });
      return tokenOf((await mails.to(form.email)).at(-1));
    };
    const use = (token: string) => send(resetRoute, { body: { token, password: "another quiet cinema" } });
    const [first, second] = [await ask(), await ask()];
    expect((await use(first)).status).toBe(410);
    await expireTokens(userId);
    expect((await use(second)).status).toBe(410);
    const third = await ask();
    await db().update(users).set({ status: "suspended" }).where(eq(users.id, userId));
    expect((await use(third)).status).toBe(410);
  });

  test("has no link any more once the password was changed by whoever knew it", async () => {
    const { form, as } = await signedUp();
    const ask = async (email: string) => tokenOf((await mails.to(email)).at(-1));
    await send(forgotRoute, { body: { email: form.email } });
    const reset = await ask(form.email);
    const email = freshSignUp().email;
    expect((await send(changeRoute, { as, body: { email, password: form.password } })).status).toBe(202);
    const change = await ask(email);
    const passwords = { currentPassword: form.password, newPassword: "another quiet cinema" };
    expect((await send(passwordRoute, { as, body: passwords })).status).toBe(204);
    const used = await send(resetRoute, { body: { token: reset, password: "a third quiet cinema" } });
    expect(used.error?.code).toBe("gone");
    const again = await enter({ user: await userOf(form.email), channel: { id: as.channelId, handle: as.handle } });
    expect((await send(confirmRoute, { as: again, body: { token: change } })).error?.code).toBe("gone");
  });

  test("takes away what somebody else connected or set up who had opened the account with this address", async () => {
    const { form, userId } = await signedUp();
    const connected = () => db().select().from(oauthAccounts).where(eq(oauthAccounts.userId, userId));
    const connect = async () => {
      await db().insert(oauthAccounts).values({ id: newId(), userId, provider: "github", subject: newId() });
      await db().insert(totpSecrets).values({ userId, sealedSecret: "v1.sealed", confirmedAt: new Date() });
    };
    const factors = () => db().select().from(totpSecrets).where(eq(totpSecrets.userId, userId));
    const reset = async () => {
      await send(forgotRoute, { body: { email: form.email } });
      const token = tokenOf((await mails.to(form.email)).at(-1));
      expect((await send(resetRoute, { body: { token, password: "another quiet cinema" } })).status).toBe(204);
    };
    await connect();
    await reset();
    expect([...(await connected()), ...(await factors())]).toEqual([]);
    // From now on it is known whose account it is, and what they connect stays.
    await connect();
    await reset();
    expect([...(await connected()), ...(await factors())]).toHaveLength(2);
  });

  test("of two uses of one link at the same time one counts", async () => {
    const { form } = await signedUp();
    await send(forgotRoute, { body: { email: form.email } });
    const token = tokenOf((await mails.to(form.email)).at(-1));
    const uses = ["one quiet cinema", "two quiet cinemas"].map((password) =>
      send(resetRoute, { body: { token, password } }),
    );
    expect((await Promise.all(uses)).map(({ status }) => status).toSorted()).toEqual([204, 410]);
  });

  test("cannot fill somebody's letter box: five mails in an hour, whoever asks", async () => {
    const { form } = await signedUp();
    for (let asked = 0; asked < 7; asked += 1) await send(forgotRoute, { body: { email: form.email } });
    expect(await mails.to(form.email)).toHaveLength(1 + 5);
  });
});

describe("another address", () => {
  const freshAddress = () => freshSignUp().email;

  test("is taken by its mail's link in a session of the same account alone; a note goes to the old one", async () => {
    const { form, as, userId } = await signedUp();
    const email = freshAddress();
    expect((await send(changeRoute, { as, body: { email, password: "wrong" } })).error.fields).toHaveProperty(
      "password",
    );
    expect((await send(changeRoute, { as, body: { email, password: form.password } })).status).toBe(202);
    const body = { token: tokenOf((await mails.to(email))[0]) };
    expect((await mails.to(form.email)).at(-1)?.text).toContain(email);
    expect((await send(confirmRoute, { as: await makePerson(), body })).status).toBe(410);
    expect((await send(confirmRoute, { body })).status).toBe(401);
    expect((await userOf(form.email)).id).toBe(userId);
    expect((await send(confirmRoute, { as, body })).status).toBe(204);
    expect(await userOf(email)).toMatchObject({ id: userId, emailVerifiedAt: expect.any(Date) });
    expect((await send(confirmRoute, { as, body })).status).toBe(410);
    expect((await meRoute(makeRequest({ path: "/api/v1/me", as }))).status).toBe(200);
    // The link that would have confirmed the old address has ended too.
    const old = tokenOf((await mails.to(form.email))[0]);
    expect((await send(verifyRoute, { body: { token: old } })).status).toBe(410);
    expect(await auditOf(userId)).toEqual(["account.create", "account.ask_email_change", "account.change_email"]);
  });

  test("that somebody has answers the same and gets no mail; one that was taken meanwhile clashes", async () => {
    const { form, as } = await signedUp();
    const taken = (await makePerson()).account.email;
    const ask = (email: string) => send(changeRoute, { as, body: { email, password: form.password } });
    const email = freshAddress();
    expect(await ask(taken)).toEqual(await ask(email));
    expect(await mails.to(taken)).toEqual([]);
    const token = tokenOf((await mails.to(email))[0]);
    await createAccount({ ...freshSignUp(), email, role: "creator" });
    expect((await send(confirmRoute, { as, body: { token } })).error).toMatchObject({ code: "conflict" });
    expect((await userOf(form.email)).email).toBe(form.email);
  });

  test("cannot be the present one", async () => {
    const { form, as } = await signedUp();
    const { status, error } = await send(changeRoute, { as, body: { email: form.email, password: form.password } });
    expect([status, Object.keys(error.fields)]).toEqual([400, ["email"]]);
  });
});

test("no secret of a mail stays in the database once it was sent", async () => {
  const { form } = await signedUp();
  const token = tokenOf((await mails.to(form.email))[0]);
  const [row] = await db().select().from(mailRows).where(eq(mailRows.toAddress, form.email));
  expect(row).toMatchObject({ state: "sent", bodyText: "", bodyHtml: "" });
  const everything = JSON.stringify([await db().select().from(auditLog), await db().select().from(mailRows)]);
  expect(everything).not.toContain(token);
});
