import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAccount } from "#lib/accounts/create-account.ts";
import { issueEmailToken } from "#lib/accounts/email-tokens.ts";
import { keepAccounts } from "#lib/accounts/keep-accounts.ts";
import { db, transaction } from "#lib/db/client.ts";
import { findChannelOfOwner } from "#lib/db/queries/channels/channels.ts";
import { emailTokens, users, videos } from "#lib/db/schema/index.ts";
import { overrideEnv } from "#lib/env.ts";
import { forgetInstanceSettings } from "#lib/settings/instance-settings.ts";
import { accountMails, tokenOf } from "#tests/factories/account-mails.ts";
import { freshSignUp } from "#tests/factories/credentials.ts";
import { enter, makePerson, type Person } from "#tests/factories/people.ts";
import { makeRequest, withParams } from "#tests/factories/requests.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { POST as forgotRoute } from "../../../app/api/v1/auth/forgot-password/route.ts";
import { POST as resetRoute } from "../../../app/api/v1/auth/reset-password/route.ts";
import { POST as passwordRoute } from "../../../app/api/v1/me/password/route.ts";
import { POST as uploadRoute } from "../../../app/api/v1/uploads/route.ts";
import { PATCH as editRoute } from "../../../app/api/v1/videos/[videoId]/route.ts";

testDatabase();
const mails = accountMails();

const set = (REQUIRE_VERIFIED_EMAIL: "on" | undefined) => {
  overrideEnv({ REQUIRE_VERIFIED_EMAIL });
  forgetInstanceSettings();
};
beforeEach(() => set("on"));
afterEach(() => set(undefined));

const unconfirmed = () => makePerson({ emailVerifiedAt: null });
const confirmed = () => makePerson({ emailVerifiedAt: new Date() });

const upload = async (as: Person) => {
  const filename = Buffer.from("walk.mp4").toString("base64");
  const headers = { "tus-resumable": "1.0.0", "upload-length": "1000", "upload-metadata": `filename ${filename}` };
  const response = await uploadRoute(makeRequest({ method: "POST", path: "/api/v1/uploads", as, headers }));
  const text = await response.text();
  return { status: response.status, error: text === "" ? undefined : JSON.parse(text).error };
};

const edit = async (as: Person, { visibility, patch }: { visibility: "private" | "public"; patch: unknown }) => {
  const { id } = await makeVideo({
    creatorId: as.account.id,
    channelId: as.channelId,
    status: "ready",
    visibility,
  });
  const request = makeRequest({ method: "PATCH", path: `/api/v1/videos/${id}`, as, body: patch });
  const response = await editRoute(request, withParams({ videoId: id }));
  const { error } = await response.json();
  return { status: response.status, error };
};

describe("where an address has to be confirmed", () => {
  test("uploading waits for it, and nothing of the upload is left", async () => {
    const as = await unconfirmed();
    const { status, error } = await upload(as);
    expect([status, error.code]).toEqual([403, "address_unconfirmed"]);
    expect(error.hint).toContain("/me/email/verification");
    expect(await db().$count(videos, eq(videos.creatorId, as.account.id))).toBe(0);
    expect((await upload(await confirmed())).status).toBe(201);
  });

  test.each(["unlisted", "public"] as const)("making a private video %s waits for it", async (visibility) => {
    const patch = { visibility };
    const refused = await edit(await unconfirmed(), { visibility: "private", patch });
    expect([refused.status, refused.error.code]).toEqual([403, "address_unconfirmed"]);
    expect((await edit(await confirmed(), { visibility: "private", patch })).status).toBe(200);
  });

  test("closing and renaming what is published does not", async () => {
    const as = await unconfirmed();
    expect((await edit(as, { visibility: "public", patch: { visibility: "private" } })).status).toBe(200);
    expect((await edit(as, { visibility: "public", patch: { title: "A walk", visibility: "public" } })).status).toBe(
      200,
    );
  });

  test("nobody waits where it is not asked for, and an admin's setting counts at once", async () => {
    set(undefined);
    const as = await unconfirmed();
    expect((await upload(as)).status).toBe(201);
    set("on");
    expect((await upload(as)).status).toBe(403);
  });
});

describe("a change of password", () => {
  test("is told by mail and ends a link that somebody else may hold", async () => {
    const form = freshSignUp();
    const user = await createAccount({ ...form, role: "creator" });
    const channel = await findChannelOfOwner(db(), user.id);
    if (channel === null) throw new Error("an account has a channel");
    const as = await enter({ user, channel });
    const forgotten = { email: form.email };
    expect((await forgotRoute(makeRequest({ method: "POST", path: "/", body: forgotten }))).status).toBe(202);
    const token = tokenOf((await mails.to(form.email)).at(-1));
    const body = { currentPassword: form.password, newPassword: "louder cinema seats" };
    const headers = { "accept-language": "uk" };
    expect((await passwordRoute(makeRequest({ method: "POST", path: "/", as, body, headers }))).status).toBe(204);
    expect((await mails.to(form.email)).at(-1)?.headers.subject).toBe("Ваш пароль змінено");
    const late = { token, password: "somebody else's words" };
    expect((await resetRoute(makeRequest({ method: "POST", path: "/", body: late }))).status).toBe(410);
  });
});

test("upkeep removes secrets of mails a month after their end and keeps the others", async () => {
  const { account } = await makePerson();
  const issue = (email: string) =>
    transaction((tx) => issueEmailToken(tx, { userId: account.id, purpose: "verify_email", email }));
  await issue("old@example.org");
  await db()
    .update(emailTokens)
    .set({ expiresAt: sql`now() - interval '31 days'` })
    .where(eq(emailTokens.email, "old@example.org"));
  await issue("new@example.org");
  await keepAccounts();
  const left = await db().select().from(emailTokens).where(eq(emailTokens.userId, account.id));
  expect(left.map(({ email }) => email)).toEqual(["new@example.org"]);
  expect(await db().$count(users, eq(users.id, account.id))).toBe(1);
});
