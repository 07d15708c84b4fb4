import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAccount } from "#lib/accounts/create-account.ts";
import { ensureFirstAdmin } from "#lib/accounts/first-admin.ts";
import { verifyCredentials } from "#lib/accounts/verify-credentials.ts";
import { db } from "#lib/db/client.ts";
import { settings, users } from "#lib/db/schema/index.ts";
import { overrideEnv } from "#lib/env.ts";
import { freshSignUp } from "#tests/factories/credentials.ts";
import { makePerson } from "#tests/factories/people.ts";
import { makeRequest } from "#tests/factories/requests.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { POST as setupRoute } from "../../../app/api/v1/auth/setup/route.ts";

testDatabase();

beforeEach(async () => {
  await db().update(users).set({ role: "creator" });
});
afterEach(() => overrideEnv({ ADMIN_EMAIL: undefined, ADMIN_PASSWORD: undefined }));

const tokenOf = (path: string | undefined) => new URL(path ?? "", "http://kinora.test").searchParams.get("token");
const setUp = async (body: unknown) => {
  const response = await setupRoute(makeRequest({ method: "POST", path: "/api/v1/auth/setup", body }));
  return { status: response.status, body: await response.json() };
};

describe("the set-up link", () => {
  test("makes the first admin once, and its token is kept nowhere", async () => {
    const link = await ensureFirstAdmin();
    const token = tokenOf(link?.setupPath);
    expect(JSON.stringify(await db().select().from(settings))).not.toContain(token);
    const made = await setUp({ ...freshSignUp(), token });
    expect([made.status, made.body.role]).toEqual([201, "admin"]);
    expect((await setUp({ ...freshSignUp(), token })).status).toBe(403);
    expect(await ensureFirstAdmin()).toBeNull();
  });

  test("two equal requests at the same time make one admin", async () => {
    const token = tokenOf((await ensureFirstAdmin())?.setupPath);
    const answers = await Promise.all([setUp({ ...freshSignUp(), token }), setUp({ ...freshSignUp(), token })]);
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, 403]);
  });

  test("a refused form leaves the link good", async () => {
    const token = tokenOf((await ensureFirstAdmin())?.setupPath);
    const taken = await makePerson();
    expect((await setUp({ ...freshSignUp(), username: taken.account.username, token })).status).toBe(409);
    expect((await setUp({ ...freshSignUp(), token })).status).toBe(201);
  });

  test("ends when a newer one is made or somebody else became admin", async () => {
    const old = tokenOf((await ensureFirstAdmin())?.setupPath);
    const newer = tokenOf((await ensureFirstAdmin())?.setupPath);
    expect((await setUp({ ...freshSignUp(), token: old })).status).toBe(403);
    await makePerson({ role: "admin" });
    expect((await setUp({ ...freshSignUp(), token: newer })).status).toBe(403);
  });
});

describe("ADMIN_EMAIL and ADMIN_PASSWORD", () => {
  test("make the admin, then keep it: role ensured, password left alone", async () => {
    const email = "boss@example.org";
    overrideEnv({ ADMIN_EMAIL: email, ADMIN_PASSWORD: "the first one here" });
    expect(await ensureFirstAdmin()).toBeNull();
    await db().update(users).set({ role: "viewer" }).where(eq(users.email, email));
    overrideEnv({ ADMIN_PASSWORD: "another one entirely" });
    await ensureFirstAdmin();
    const verified = await verifyCredentials({ email, password: "the first one here" });
    expect(verified.account).toMatchObject({ email, role: "admin", username: "boss" });
  });

  test("make no admin of a stranger who signed up with that address, unless it has the password too", async () => {
    const form = freshSignUp();
    const account = { ...form, role: "creator", verifyIn: "en" } as const;
    const { id } = await createAccount(account);
    const roleOf = async () => (await db().select().from(users).where(eq(users.id, id)))[0]?.role;
    overrideEnv({ ADMIN_EMAIL: form.email, ADMIN_PASSWORD: "the first one here" });
    // As if nothing was configured: the operator is led to an account of their own.
    expect(await ensureFirstAdmin()).toEqual({ setupPath: expect.stringContaining("/setup?token=") });
    expect(await roleOf()).toBe("creator");
    overrideEnv({ ADMIN_PASSWORD: form.password });
    expect(await ensureFirstAdmin()).toBeNull();
    expect(await roleOf()).toBe("admin");
  });

  test("find a name when theirs is taken or too short", async () => {
    await makePerson({ username: "vera" });
    overrideEnv({ ADMIN_EMAIL: "vera@example.com", ADMIN_PASSWORD: "the first one here" });
    await ensureFirstAdmin();
    const [user] = await db().select().from(users).where(eq(users.email, "vera@example.com"));
    expect(user?.username).toBe("vera2");
  });
});
