import { eq } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { auditLog, channels, users } from "#lib/db/schema/index.ts";
import { overrideEnv } from "#lib/env.ts";
import { forgetInstanceSettings } from "#lib/settings/instance-settings.ts";
import { freshSignUp } from "#tests/factories/credentials.ts";
import { makeRequest } from "#tests/factories/requests.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { POST } from "../../../app/api/v1/auth/signup/route.ts";

testDatabase();

const signUp = async (body: unknown, headers: Record<string, string> = {}) => {
  const response = await POST(makeRequest({ method: "POST", path: "/api/v1/auth/signup", body, headers }));
  return { status: response.status, body: await response.json() };
};

/** Changes how sign-up works; what was read of it before is forgotten. */
const set = (values: Parameters<typeof overrideEnv>[0]) => {
  overrideEnv(values);
  forgetInstanceSettings();
};

afterEach(() => set({ SIGNUP: undefined, SIGNUP_ROLE: undefined }));

describe("POST /auth/signup", () => {
  test("opens an account with a channel of its name and tells nothing secret", async () => {
    const form = freshSignUp();
    const { status, body } = await signUp(form);
    expect(status).toBe(201);
    expect(body).toMatchObject({ email: form.email, username: form.username, role: "creator" });
    expect(body.channel.handle).toBe(form.username);
    expect(JSON.stringify(body)).not.toMatch(/argon2|password/i);
    const [user] = await db().select().from(users).where(eq(users.id, body.id));
    expect(user?.passwordHash).toMatch(/^\$argon2id\$/);
    const owned = await db().select().from(channels).where(eq(channels.ownerId, body.id));
    expect(owned).toHaveLength(1);
    const audited = await db().select().from(auditLog).where(eq(auditLog.targetId, body.id)).orderBy(auditLog.id);
    expect(audited.map((line) => line.action)).toEqual(["account.create"]);
  });

  test.each(["uk", "en"])("keeps the language of the page for the account's mails: %s", async (locale) => {
    const { status, body } = await signUp(freshSignUp(), { "accept-language": `${locale},de;q=0.5` });
    expect([status, body.locale]).toEqual([201, locale]);
  });

  test("names the taken address and the taken name, whatever their case", async () => {
    const form = freshSignUp();
    await signUp(form);
    const again = await signUp({ ...form, email: form.email.toUpperCase(), username: form.username.toUpperCase() });
    expect(again.status).toBe(409);
    expect(again.body.error.code).toBe("conflict");
    expect(Object.keys(again.body.error.fields)).toEqual(["email", "username"]);
    const other = await signUp({ ...freshSignUp(), username: form.username });
    expect(Object.keys(other.body.error.fields)).toEqual(["username"]);
  });

  test("two equal requests at the same time open one account", async () => {
    const form = freshSignUp();
    const answers = await Promise.all([signUp(form), signUp(form)]);
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, 409]);
  });

  test.each([
    ["role", { role: "admin" }],
    ["ownerId", { ownerId: "x" }],
  ])("refuses the unknown field %s", async (field, extra) => {
    const { status, body } = await signUp({ ...freshSignUp(), ...extra });
    expect(status).toBe(400);
    expect(body.error.code).toBe("invalid_input");
    expect(body.error.fields).toHaveProperty(field);
  });

  test.each([
    [{ email: "not an address" }, "email"],
    [{ username: "ab" }, "username"],
    [{ username: "-begins-with-hyphen" }, "username"],
    [{ username: "admin" }, "username"],
    [{ username: "Ім’я" }, "username"],
    [{ password: "short" }, "password"],
    [{ password: "x".repeat(129) }, "password"],
    [{ password: "password123" }, "password"],
    [{ password: undefined }, "password"],
  ])("refuses %j by its field", async (fault, field) => {
    const { status, body } = await signUp({ ...freshSignUp(), ...fault });
    expect(status).toBe(400);
    expect(Object.keys(body.error.fields)).toEqual([field]);
    expect(body.error.fields[field]).not.toMatch(/_/);
  });

  test("refuses the own name as password", async () => {
    const form = freshSignUp();
    const { body } = await signUp({ ...form, password: form.username });
    expect(Object.keys(body.error.fields)).toEqual(["password"]);
  });

  test("tells field faults in the caller's language", async () => {
    const { body } = await signUp({ ...freshSignUp(), password: "short" }, { "accept-language": "uk" });
    expect(body.error.fields.password).toBe("Щонайменше 8 символів.");
  });

  test("takes nobody while sign-up is closed", async () => {
    set({ SIGNUP: "closed" });
    const { status, body } = await signUp(freshSignUp());
    expect([status, body.error.code]).toEqual([403, "forbidden"]);
  });

  test("gives the role that the instance says", async () => {
    set({ SIGNUP_ROLE: "viewer" });
    expect((await signUp(freshSignUp())).body.role).toBe("viewer");
  });
});
