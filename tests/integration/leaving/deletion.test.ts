import { and, eq, ne } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { accountOfUser } from "#lib/accounts/account-of-session.ts";
import { createAccount } from "#lib/accounts/create-account.ts";
import { removeAccount, removeDueAccounts } from "#lib/accounts/leaving/remove-account.ts";
import { channelToWorkOn } from "#lib/channels/policy.ts";
import { db, transaction } from "#lib/db/client.ts";
import { insertMember } from "#lib/db/queries/channels/channel-members.ts";
import { findChannelOfOwner } from "#lib/db/queries/channels/channels.ts";
import { insertAssets } from "#lib/db/queries/videos/assets.ts";
import { auditLog, channels, mails, runs, sessions, usageCounters, users, videos } from "#lib/db/schema/index.ts";
import { noWishes } from "#lib/media/plan/wishes.ts";
import { purgeDeletedVideos, purgeGraceSeconds } from "#lib/processing/reconcile-runs.ts";
import { createVideo } from "#lib/videos/create-video.ts";
import { deleteVideo, restoreVideo } from "#lib/videos/delete-video.ts";
import { listVideos } from "#lib/videos/list-videos.ts";
import { freshSignUp } from "#tests/factories/credentials.ts";
import { enter, makePerson } from "#tests/factories/people.ts";
import { makeReceivedVideo, startUploadRun } from "#tests/factories/received-video.ts";
import { makeRequest, withParams } from "#tests/factories/requests.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { diskBytes, expectLedgerIsDisk } from "#tests/setup/ledger.ts";
import { waitFor } from "#tests/setup/wait-for.ts";
import { GET as preview } from "../../../app/api/v1/me/leaving/route.ts";
import { POST as restore } from "../../../app/api/v1/me/restore/route.ts";
import { DELETE as leave, GET as me } from "../../../app/api/v1/me/route.ts";

testDatabase();

const { signal } = new AbortController();
const day = 24 * 3600 * 1000;

/** Somebody with a password, a channel, a session and a public video whose original is counted. */
const somebody = async (role: "creator" | "admin" = "creator") => {
  const form = freshSignUp();
  const user = await createAccount({ ...form, role });
  const channel = await findChannelOfOwner(db(), user.id);
  if (channel === null) throw new Error("no channel");
  const person = await enter({ user, channel });
  const { videoId, sourceKey } = await makeReceivedVideo(
    { creatorId: user.id, channelId: channel.id, status: "ready", visibility: "public", publishedAt: new Date() },
    Buffer.alloc(5000),
  );
  await transaction((tx) =>
    insertAssets(tx, [{ videoId, kind: "original", key: sourceKey, sizeBytes: 5000, contentType: "video/mp4" }]),
  );
  return { form, user, person, channel, videoId, sourceKey };
};
type Somebody = Awaited<ReturnType<typeof somebody>>;

const ask = async ({ person }: Pick<Somebody, "person">, body: Record<string, unknown>) =>
  leave(makeRequest({ method: "DELETE", path: "/api/v1/me", as: person, body }), withParams());
const goodbye = (one: Somebody) => ask(one, { username: one.form.username, password: one.form.password });
const again = async ({ user, channel }: Somebody) => {
  const [now] = await db().select().from(users).where(eq(users.id, user.id));
  return enter({ user: now ?? user, channel });
};
const meStatus = async (person: Somebody["person"]) =>
  (await me(makeRequest({ path: "/api/v1/me", as: person }), withParams())).status;
const comeBack = (person: Somebody["person"]) =>
  restore(makeRequest({ method: "POST", path: "/api/v1/me/restore", as: person }), withParams());
const rowOf = async (userId: string) => (await db().select().from(users).where(eq(users.id, userId)))[0];
const publicIds = async (handle: string) =>
  (await listVideos({ viewer: null, query: { channel: handle, limit: 20, sort: "newest" } })).items.map(({ id }) => id);
const graceOver = (userId: string) =>
  db()
    .update(users)
    .set({ deletionRequestedAt: new Date(Date.now() - 15 * day), deletionDueAt: new Date(Date.now() - day) })
    .where(eq(users.id, userId));

beforeEach(async () => {
  // Somebody must be left when an admin goes.
  await db().update(users).set({ role: "creator" }).where(eq(users.role, "admin"));
});

describe("asking to leave", () => {
  test("needs the own username and the password", async () => {
    const one = await somebody();
    const fields = async (body: Record<string, unknown>) => {
      const answer = await ask(one, body);
      return [answer.status, Object.keys((await answer.json()).error.fields ?? {})];
    };
    expect(await fields({ username: "somebody", password: one.form.password })).toEqual([400, ["username"]]);
    expect(await fields({ username: one.form.username, password: "wrong" })).toEqual([400, ["password"]]);
    expect(await fields({ username: one.form.username })).toEqual([400, ["password"]]);
    expect(await meStatus(one.person)).toBe(200);
  });

  test("ends every session and hides channel and videos at once; a mail tells how to come back", async () => {
    const one = await somebody();
    expect(await publicIds(one.channel.handle)).toEqual([one.videoId]);
    const other = await enter({ user: one.user, channel: one.channel });
    const answer = await goodbye(one);
    expect(answer.status).toBe(202);
    expect(Date.parse((await answer.json()).removedAt) - Date.now()).toBeGreaterThan(13.9 * day);
    expect(answer.headers.getSetCookie().join()).toMatch(/session-token=; Max-Age=0/);
    expect([await meStatus(one.person), await meStatus(other)]).toEqual([401, 401]);
    expect(await publicIds(one.channel.handle)).toEqual([]);
    const [channel] = await db().select().from(channels).where(eq(channels.id, one.channel.id));
    expect(channel?.deletedAt).not.toBeNull();
    const open = await db()
      .select()
      .from(sessions)
      .where(and(eq(sessions.userId, one.user.id), ne(sessions.endReason, "account")));
    expect(open).toEqual([]);
    const written = await db().select().from(mails).where(eq(mails.userId, one.user.id));
    expect(written.map(({ kind }) => kind)).toContain("account_leaving");
  });

  test("cancels what is being processed, and nobody but the account brings a video of it back", async () => {
    const one = await somebody();
    await startUploadRun(one);
    const admin = await makePerson({ role: "admin" });
    await goodbye(one);
    const [run] = await db().select().from(runs).where(eq(runs.videoId, one.videoId));
    expect(run?.state).toBe("cancelled");
    await expect(restoreVideo({ viewer: admin.account, videoId: one.videoId })).rejects.toMatchObject({ code: "gone" });
  });

  test("takes a video along whose upload begins at this very moment", async () => {
    const one = await somebody();
    const viewer = accountOfUser(one.user);
    const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const upload = transaction(async (tx) => {
      const channel = await channelToWorkOn(tx, { account: viewer, channelId: one.channel.id, lock: true });
      const file = { title: "Late", filename: "late.mp4", sizeBytes: 9, visibility: "public" as const };
      await createVideo(tx, { viewer, channel, wishes: noWishes, ...file });
      begun.resolve();
      await goOn.promise;
    });
    await begun.promise;
    const leaving = goodbye(one);
    await waitFor({
      what: "the deletion to wait for the upload",
      until: async () => (await db().execute("select 1 from pg_locks where not granted")).length > 0,
    });
    goOn.resolve();
    await upload;
    expect((await leaving).status).toBe(202);
    const rows = await db().select().from(videos).where(eq(videos.channelId, one.channel.id));
    expect(rows.map(({ deletedAt }) => deletedAt === null)).toEqual([false, false]);
  });

  test("is refused to the last admin, also when another one is leaving", async () => {
    const [one, two] = [await somebody("admin"), await somebody("admin")];
    expect((await goodbye(one)).status).toBe(202);
    const answer = await goodbye(two);
    expect([answer.status, (await answer.json()).error.code]).toEqual([409, "conflict"]);
  });

  test("tells before what it takes along, and tells fellow members after", async () => {
    const one = await somebody();
    const fellow = await makePerson();
    await insertMember(db(), { channelId: one.channel.id, userId: fellow.account.id, role: "editor" });
    const shown = await (
      await preview(makeRequest({ path: "/api/v1/me/leaving", as: one.person }), withParams())
    ).json();
    expect(shown).toMatchObject({
      ...{ graceDays: 14, isLastAdmin: false, hasPassword: true, hasSecondFactor: false },
      channels: [{ handle: one.channel.handle, videos: 1, members: 1 }],
    });
    await goodbye(one);
    const written = await db().select().from(mails).where(eq(mails.userId, fellow.account.id));
    expect(written.map(({ kind }) => kind)).toEqual(["channel_leaving"]);
  });
});

describe("coming back within the grace time", () => {
  test("gives back channel and videos, but not what was deleted before", async () => {
    const one = await somebody();
    const { id: earlier } = await makeVideo({ creatorId: one.user.id, channelId: one.channel.id, status: "ready" });
    await deleteVideo({ viewer: one.person.account, videoId: earlier });
    await startUploadRun(one);
    await goodbye(one);
    const back = await again(one);
    expect(await meStatus(back)).toBe(401);
    expect((await comeBack(one.person)).status).toBe(401);
    expect((await comeBack(back)).status).toBe(204);
    expect(await meStatus(back)).toBe(200);
    expect((await comeBack(back)).status).toBe(401);
    expect((await rowOf(one.user.id))?.deletionRequestedAt).toBeNull();
    expect(await publicIds(one.channel.handle)).toEqual([one.videoId]);
    const [gone] = await db().select().from(videos).where(eq(videos.id, earlier));
    expect(gone?.deletedAt).not.toBeNull();
    // What was cancelled goes on.
    const states = await db().select({ state: runs.state }).from(runs).where(eq(runs.videoId, one.videoId));
    expect(states.map(({ state }) => state)).toContain("running");
  });

  test("the removal finds nothing to do for an account that stays, nor before its time", async () => {
    const one = await somebody();
    await goodbye(one);
    await removeAccount({ userId: one.user.id, signal });
    expect((await rowOf(one.user.id))?.deletedAt).toBeNull();
    await comeBack(await again(one));
    await removeAccount({ userId: one.user.id, signal });
    expect((await rowOf(one.user.id))?.username).toBe(one.form.username);
  });

  test("videos wait as long as the account, though deleted ones go sooner", async () => {
    const one = await somebody();
    await goodbye(one);
    const old = new Date(Date.now() - 10 * day);
    await db().update(users).set({ deletionRequestedAt: old }).where(eq(users.id, one.user.id));
    await db().update(videos).set({ deletedAt: old }).where(eq(videos.id, one.videoId));
    await purgeDeletedVideos({ graceSeconds: purgeGraceSeconds });
    const jobs = await db().execute(`select 1 from graphile_worker.jobs where key = 'purge:${one.videoId}'`);
    expect([...jobs]).toEqual([]);
  });
});

describe("after the grace time", () => {
  test("files, ledger, names and all that signs in are gone; the audit log keeps an id", async () => {
    const [one, stays] = [await somebody(), await somebody()];
    const before = await expectLedgerIsDisk();
    await goodbye(one);
    await graceOver(one.user.id);
    await removeAccount({ userId: one.user.id, signal });
    expect(await expectLedgerIsDisk()).toBe(before - 5000);
    const [counter] = await db().select().from(usageCounters).where(eq(usageCounters.userId, one.user.id));
    expect(counter).toMatchObject({ storedBytes: 0, reservedBytes: 0 });
    expect(await db().select().from(videos).where(eq(videos.id, one.videoId))).toEqual([]);
    const row = await rowOf(one.user.id);
    expect(row).toMatchObject({ username: `deleted-${one.user.id}`, displayName: "", passwordHash: null, bio: "" });
    expect(JSON.stringify(row)).not.toContain(one.form.email);
    expect(await db().select().from(mails).where(eq(mails.userId, one.user.id))).toEqual([]);
    expect(await db().select().from(sessions).where(eq(sessions.userId, one.user.id))).toEqual([]);
    const rows = await db().select().from(auditLog).where(eq(auditLog.targetId, one.user.id)).orderBy(auditLog.id);
    expect(rows.map(({ action }) => action)).toEqual(["account.create", "account.leave", "account.remove"]);
    // Again, as a job may, and the others are as they were.
    await removeAccount({ userId: one.user.id, signal });
    expect(await meStatus(stays.person)).toBe(200);
    expect(await diskBytes()).toBe(before - 5000);
  });

  test("address and name are free again, and upkeep queues what its job has lost", async () => {
    const one = await somebody();
    await goodbye(one);
    await graceOver(one.user.id);
    await db().execute(`select graphile_worker.remove_job('remove-account:${one.user.id}')`);
    await removeDueAccounts();
    const jobs = await db().execute(`select 1 from graphile_worker.jobs where key = 'remove-account:${one.user.id}'`);
    expect([...jobs]).toHaveLength(1);
    await removeAccount({ userId: one.user.id, signal });
    const next = await createAccount({ ...one.form, role: "creator" });
    expect(next.id).not.toBe(one.user.id);
  });

  test("once it has begun nothing brings the account back, and an interrupted one goes on", async () => {
    const one = await somebody();
    await goodbye(one);
    await graceOver(one.user.id);
    await expect(removeAccount({ userId: one.user.id, signal: AbortSignal.abort() })).rejects.toThrow();
    const back = await again(one);
    expect((await comeBack(back)).status).toBe(401);
    await removeAccount({ userId: one.user.id, signal });
    expect((await rowOf(one.user.id))?.displayName).toBe("");
  });
});
