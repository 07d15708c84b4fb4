import { eq, sql } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import { createAccount } from "#lib/accounts/create-account.ts";
import { leave, previewLeaving } from "#lib/accounts/leaving/leave.ts";
import { removeAccount, removeDueAccounts } from "#lib/accounts/leaving/remove-account.ts";
import { leavingOfSession } from "#lib/accounts/leaving/stay.ts";
import { db } from "#lib/db/client.ts";
import { findChannelOfOwner } from "#lib/db/queries/channels/channels.ts";
import { users, videos } from "#lib/db/schema/index.ts";
import { overrideEnv } from "#lib/env.ts";
import { editSettings } from "#lib/settings/admin-settings.ts";
import { freshSignUp } from "#tests/factories/credentials.ts";
import { enter, makePerson } from "#tests/factories/people.ts";
import { makeReceivedVideo } from "#tests/factories/received-video.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

const { signal } = new AbortController();
const dayMs = 24 * 3600 * 1000;
/** What the operator sets from now on. */
const setGraceDays = (days: number | undefined) =>
  overrideEnv({ ACCOUNT_DELETION_GRACE_DAYS: days === undefined ? undefined : String(days) });

afterEach(() => setGraceDays(undefined));

/** Somebody with a video who has asked to leave and was told a time. */
const leaver = async () => {
  const form = freshSignUp();
  const user = await createAccount({ ...form, role: "creator" });
  const channel = await findChannelOfOwner(db(), user.id);
  if (channel === null) throw new Error("no channel");
  const { account } = await enter({ user, channel });
  const { videoId } = await makeReceivedVideo({ creatorId: user.id, channelId: channel.id, status: "ready" });
  const proof = { password: form.password };
  const asked = { viewer: account, sessionId: null, proof, address: "192.0.2.1" };
  const { removedAt } = await leave({ ...asked, username: form.username, locale: "en" });
  return { user, channel, videoId, toldAt: new Date(removedAt) };
};

const rowOf = async (userId: string) => (await db().select().from(users).where(eq(users.id, userId)))[0];
const videosOf = (channelId: string) => db().select().from(videos).where(eq(videos.channelId, channelId));
/** As if the deletion had been asked for so many days earlier: all its times go back alike. */
const daysPass = async (userId: string, days: number) => {
  const back = sql`make_interval(days => ${days})`;
  await db().execute(sql`update videos v set deleted_at = v.deleted_at - ${back} from channels c
    where c.id = v.channel_id and c.owner_id = ${userId}`);
  await db().execute(sql`update channels set deleted_at = deleted_at - ${back} where owner_id = ${userId}`);
  await db().execute(sql`update users set deletion_requested_at = deletion_requested_at - ${back},
    deletion_due_at = deletion_due_at - ${back} where id = ${userId}`);
};
const isQueuedNow = async (userId: string) => {
  const rows = await db().execute(
    sql`select 1 from graphile_worker.jobs where key = ${`remove-account:${userId}`} and run_at <= now()`,
  );
  return rows.length === 1;
};

describe("the grace time that an admin sets", () => {
  test("is told and holds for whoever deletes their account from then on, until it follows the environment again", async () => {
    const admin = await makePerson({ role: "admin" });
    await editSettings({ viewer: admin.account, patch: { accountGraceDays: 30 } });
    expect((await previewLeaving(admin.account)).graceDays).toBe(30);
    const one = await leaver();
    expect(Math.round((one.toldAt.getTime() - Date.now()) / dayMs)).toBe(30);
    await editSettings({ viewer: admin.account, patch: { reset: ["accountGraceDays"] } });
    expect((await previewLeaving(admin.account)).graceDays).toBe(14);
  });
});

describe("the grace time that somebody was told", () => {
  test("holds when the operator makes it longer: the account goes when its owner was told", async () => {
    const one = await leaver();
    expect(one.toldAt.getTime() - Date.now()).toBeGreaterThan(13.9 * dayMs);
    await daysPass(one.user.id, 14);
    setGraceDays(60);
    await removeDueAccounts();
    expect(await isQueuedNow(one.user.id)).toBe(true);
    await removeAccount({ userId: one.user.id, signal });
    expect(await rowOf(one.user.id)).toMatchObject({ displayName: "", deletionRequestedAt: null, deletionDueAt: null });
    expect(await videosOf(one.channel.id)).toEqual([]);
  });

  test("holds when the operator makes it shorter: nobody goes earlier, and what is shown stays true", async () => {
    const one = await leaver();
    const back = await enter({ user: (await rowOf(one.user.id)) ?? one.user, channel: one.channel });
    setGraceDays(1);
    await daysPass(one.user.id, 13);
    await removeDueAccounts();
    expect(await isQueuedNow(one.user.id)).toBe(false);
    await removeAccount({ userId: one.user.id, signal });
    expect((await rowOf(one.user.id))?.deletedAt).toBeNull();
    expect(await videosOf(one.channel.id)).toHaveLength(1);
    const shown = await leavingOfSession(back.sessionId);
    expect(shown?.removedAt.getTime()).toBe(one.toldAt.getTime() - 13 * dayMs);
  });

  test("who was marked by an older version without a date, during an update, goes after two weeks and may come back till then", async () => {
    const one = await leaver();
    const back = await enter({ user: (await rowOf(one.user.id)) ?? one.user, channel: one.channel });
    await db().update(users).set({ deletionDueAt: null }).where(eq(users.id, one.user.id));
    const asked = (await rowOf(one.user.id))?.deletionRequestedAt?.getTime() ?? 0;
    expect((await leavingOfSession(back.sessionId))?.removedAt.getTime()).toBe(asked + 14 * dayMs);
    await removeDueAccounts();
    expect(await isQueuedNow(one.user.id)).toBe(false);
    await daysPass(one.user.id, 14);
    await removeDueAccounts();
    expect(await isQueuedNow(one.user.id)).toBe(true);
  });

  test("a removal that was interrupted is finished whatever the setting says since", async () => {
    const one = await leaver();
    await daysPass(one.user.id, 14);
    await expect(removeAccount({ userId: one.user.id, signal: AbortSignal.abort() })).rejects.toThrow();
    expect((await rowOf(one.user.id))?.deletedAt).not.toBeNull();
    await db().execute(sql`select graphile_worker.remove_job(${`remove-account:${one.user.id}`})`);
    setGraceDays(365);
    await removeDueAccounts();
    expect(await isQueuedNow(one.user.id)).toBe(true);
    await removeAccount({ userId: one.user.id, signal });
    expect(await rowOf(one.user.id)).toMatchObject({ displayName: "", deletionRequestedAt: null });
    expect(await videosOf(one.channel.id)).toEqual([]);
  });
});
