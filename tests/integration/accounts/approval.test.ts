import { and, eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { auditLog, notifications, outbox, users } from "#lib/db/schema/index.ts";
import { overrideEnv } from "#lib/env.ts";
import { dispatchEvent } from "#lib/notifications/dispatch-event.ts";
import { forgetInstanceSettings } from "#lib/settings/instance-settings.ts";
import { accountMails, tokenOf } from "#tests/factories/account-mails.ts";
import { freshSignUp } from "#tests/factories/credentials.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeRequest, withParams } from "#tests/factories/requests.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { POST as rejectRoute } from "../../../app/api/v1/admin/users/[userId]/reject/route.ts";
import { PATCH as editRoute } from "../../../app/api/v1/admin/users/[userId]/route.ts";
import { POST as signUpRoute } from "../../../app/api/v1/auth/signup/route.ts";
import { POST as tokenRoute } from "../../../app/api/v1/auth/token/route.ts";
import { POST as verifyRoute } from "../../../app/api/v1/auth/verify-email/route.ts";
import { GET as choicesRoute } from "../../../app/api/v1/me/notification-settings/route.ts";

testDatabase();
const mails = accountMails();

const set = (values: Parameters<typeof overrideEnv>[0]) => {
  overrideEnv(values);
  forgetInstanceSettings();
};
beforeEach(() => set({ SIGNUP: "approval" }));
afterEach(() => set({ SIGNUP: undefined }));

type Handler = (request: Request, context?: ReturnType<typeof withParams>) => Promise<Response>;
type Asked = { as?: Person; method?: string; userId?: string; body?: unknown; headers?: Record<string, string> };
const send = async (handler: Handler, { userId, ...asked }: Asked) => {
  const params = userId === undefined ? undefined : withParams({ userId });
  const response = await handler(makeRequest({ method: "POST", path: "/", ...asked }), params);
  const text = await response.text();
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
};

const signedUp = async (language = "uk") => {
  const form = freshSignUp();
  const { status, body } = await send(signUpRoute, { body: form, headers: { "accept-language": language } });
  expect([status, body.status]).toEqual([201, "pending"]);
  return { form, userId: String(body.id), signIn: () => send(tokenRoute, { body: pairOf(form) }) };
};
const pairOf = ({ email, password }: { email: string; password: string }) => ({ email, password });

const approve = (as: Person, userId: string) =>
  send(editRoute, { as, method: "PATCH", userId, body: { status: "active" } });

/** Tells what happened, as a worker would. */
const dispatchAll = async () => {
  for (const { id } of await db().select({ id: outbox.id }).from(outbox)) await dispatchEvent({ eventId: id });
};

describe("an account that waits", () => {
  test("cannot sign in, and only who knows the password learns why", async () => {
    const { form, signIn } = await signedUp();
    expect(await signIn()).toMatchObject({ status: 403, body: { error: { code: "forbidden" } } });
    const wrong = await send(tokenRoute, { body: { email: form.email, password: "not the password" } });
    expect(wrong.body.error.code).toBe("unauthenticated");
  });

  test("confirms its address meanwhile", async () => {
    const { form, userId } = await signedUp();
    const token = tokenOf((await mails.to(form.email))[0]);
    expect((await send(verifyRoute, { body: { token } })).status).toBe(204);
    const [user] = await db().select().from(users).where(eq(users.id, userId));
    expect(user).toMatchObject({ status: "pending", emailVerifiedAt: expect.any(Date) });
  });

  test("is told to every admin, in the app and by mail, and to nobody else", async () => {
    const admins = [await makePerson({ role: "admin" }), await makePerson({ role: "admin" })];
    const other = await makePerson();
    const suspended = await makePerson({ role: "admin", status: "suspended" });
    const { form } = await signedUp();
    await dispatchAll();
    const noticesOf = (person: Person) =>
      db()
        .select()
        .from(notifications)
        .where(and(eq(notifications.userId, person.account.id), eq(notifications.type, "account.waiting")));
    for (const admin of admins) {
      expect((await noticesOf(admin)).map(({ data }) => data)).toContainEqual(
        expect.objectContaining({ username: form.username, email: form.email }),
      );
      const subjects = (await mails.to(admin.account.email)).map(({ headers }) => headers.subject);
      expect(subjects).toContain(`An account waits for approval: ${form.username}`);
    }
    for (const person of [other, suspended]) expect(await noticesOf(person)).toEqual([]);
  });

  test("is a kind of news that admins alone can choose about", async () => {
    const typesFor = async (role: "admin" | "creator") => {
      const { body } = await send(choicesRoute, { as: await makePerson({ role }), method: "GET" });
      return body.items.map(({ type }: { type: string }) => type);
    };
    expect(await typesFor("admin")).toContain("account.waiting");
    expect(await typesFor("creator")).not.toContain("account.waiting");
  });
});

describe("approving", () => {
  test("lets the account in and tells it by mail, once, in the language it signed up in", async () => {
    const admin = await makePerson({ role: "admin" });
    const { form, userId, signIn } = await signedUp("uk");
    expect((await approve(admin, userId)).body.status).toBe("active");
    expect((await approve(admin, userId)).status).toBe(200);
    expect((await signIn()).status).toBe(200);
    const subjects = (await mails.to(form.email)).map(({ headers }) => headers.subject);
    expect(subjects).toEqual(["Підтвердьте свою адресу", "Ваш обліковий запис відкрито"]);
  });

  test("restoring a suspended account sends no such mail", async () => {
    const admin = await makePerson({ role: "admin" });
    const { account } = await makePerson({ status: "suspended" });
    expect((await approve(admin, account.id)).status).toBe(200);
    expect(await mails.to(account.email)).toEqual([]);
  });
});

describe("rejecting", () => {
  test("takes the account away, tells why, and leaves address and name free", async () => {
    const admin = await makePerson({ role: "admin" });
    const { form, userId, signIn } = await signedUp("en");
    const [verification] = await mails.to(form.email);
    const rejected = await send(rejectRoute, { as: admin, userId, body: { reason: "Only for the museum's staff." } });
    expect(rejected.status).toBe(204);
    expect((await signIn()).body.error.code).toBe("unauthenticated");
    expect((await send(verifyRoute, { body: { token: tokenOf(verification) } })).status).toBe(410);
    const told = (await mails.to(form.email)).at(-1);
    expect(told?.headers.subject).toBe("Your account was not approved");
    expect(told?.text).toContain("Only for the museum's staff.");
    expect((await send(signUpRoute, { body: form })).status).toBe(201);
    const lines = await db().select().from(auditLog).where(eq(auditLog.targetId, userId)).orderBy(auditLog.id);
    expect(lines.find(({ action }) => action === "account.reject")).toMatchObject({
      actorId: admin.account.id,
      before: { username: form.username },
      details: { reason: "Only for the museum's staff." },
    });
  });

  test("is not for who was let in, and not done twice", async () => {
    const admin = await makePerson({ role: "admin" });
    const { userId } = await signedUp();
    const reject = (id: string) => send(rejectRoute, { as: admin, userId: id, body: {} });
    expect((await reject((await makePerson()).account.id)).body.error.code).toBe("conflict");
    expect((await reject(userId)).status).toBe(204);
    expect((await reject(userId)).status).toBe(404);
  });

  test("of two admins who decide at the same time one wins", async () => {
    const [one, other] = [await makePerson({ role: "admin" }), await makePerson({ role: "admin" })];
    const { userId } = await signedUp();
    const [approved, rejected] = await Promise.all([
      approve(one, userId),
      send(rejectRoute, { as: other, userId, body: {} }),
    ]);
    expect([
      [200, 409],
      [404, 204],
    ]).toContainEqual([approved.status, rejected.status]);
  });
});
