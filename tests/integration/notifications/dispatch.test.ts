import { and, eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { db, transaction } from "#lib/db/client.ts";
import { deleteMember, insertMember } from "#lib/db/queries/channels/channel-members.ts";
import { mails, notifications, outbox, users } from "#lib/db/schema/index.ts";
import { sendMail } from "#lib/mail/send-mail.ts";
import { unsubscribeToken } from "#lib/mail/unsubscribe-token.ts";
import { dispatchEvent, reconcileNotifications } from "#lib/notifications/dispatch-event.ts";
import { listNotifications, readNotifications } from "#lib/notifications/list-notifications.ts";
import {
  getNotificationSettings,
  putNotificationSettings,
  readUnsubscription,
  unsubscribe,
} from "#lib/notifications/notification-settings.ts";
import { recordEvent } from "#lib/notifications/record-event.ts";
import { recordVideoEvent } from "#lib/notifications/record-video-event.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

type Happening = Omit<Parameters<typeof recordVideoEvent>[1], "videoId">;

const record = async ({ account, channelId }: Person, event: Happening, title = "A film") => {
  const video = await makeVideo({ creatorId: account.id, channelId, title });
  await transaction((tx) => recordVideoEvent(tx, { ...event, videoId: video.id }));
  const [row] = await db().select().from(outbox).where(eq(outbox.videoId, video.id));
  return { video, eventId: row?.id ?? "" };
};

const tell = async (person: Person, event: Happening, title?: string) => {
  const recorded = await record(person, event, title);
  await dispatchEvent(recorded);
  return recorded;
};

const list = (person: Person, locale: "en" | "uk" = "en") =>
  listNotifications({ viewer: person.account, query: { limit: 20 }, locale });
const mailsOf = (person: Person) => db().select().from(mails).where(eq(mails.userId, person.account.id));

describe("telling of an event", () => {
  test("makes one notice and one mail, however often it runs", async () => {
    const person = await makePerson();
    const { eventId, video } = await record(person, { type: "video.ready" });
    await Promise.all([dispatchEvent({ eventId }), dispatchEvent({ eventId })]);
    await dispatchEvent({ eventId });
    expect(await list(person)).toMatchObject({
      items: [{ type: "video.ready", text: "A film", href: `/watch/${video.id}`, readAt: null }],
      unread: 1,
    });
    expect(await mailsOf(person)).toHaveLength(1);
  });

  test("goes to who uploaded the video while they work on its channel, and to its founder afterwards", async () => {
    const [founder, editor] = [await makePerson(), await makePerson()];
    const member = { channelId: founder.channelId, userId: editor.account.id };
    await insertMember(db(), { ...member, role: "editor" });
    const byEditor = { ...editor, channelId: founder.channelId };
    await tell(byEditor, { type: "video.ready" }, "While an editor");
    await deleteMember(db(), member);
    await tell(byEditor, { type: "video.failed", data: { code: "internal" } }, "Afterwards");
    expect((await list(editor)).items.map(({ text }) => text)).toEqual(["While an editor"]);
    expect((await list(founder)).items).toMatchObject([
      { type: "video.failed", text: expect.stringMatching(/^Afterwards/) },
    ]);
    expect((await mailsOf(editor)).map(({ kind }) => kind)).toEqual(["video_ready"]);
  });

  test("records one happening once under its key", async () => {
    const { account } = await makePerson();
    const event = {
      type: "quota.near",
      userId: account.id,
      data: { percent: 80 },
      dedupeKey: `q:${account.id}`,
    } as const;
    await transaction((tx) => recordEvent(tx, event));
    await transaction((tx) => recordEvent(tx, event));
    expect(await db().select().from(outbox).where(eq(outbox.userId, account.id))).toHaveLength(1);
  });

  test("says in the reader's language what is wrong with a file", async () => {
    const person = await makePerson();
    await tell(person, { type: "video.failed", data: { code: "corrupt" } }, "Плівка");
    const { items } = await list(person, "uk");
    expect(items[0]?.title).toBe("Ваше відео не вдалося обробити");
    expect(items[0]?.text).toMatch(/^Плівка\n\S/);
  });

  test("leads nowhere when the video is gone", async () => {
    const person = await makePerson();
    const { video } = await tell(person, { type: "video.ready" });
    await db().execute(sql`update videos set deleted_at = now() where id = ${video.id}`);
    expect((await list(person)).items[0]?.href).toBeNull();
  });

  test.each([
    ["is suspended", { status: "suspended" as const }],
    ["is leaving", { deletionRequestedAt: new Date() }],
  ])("mails nobody who %s, but for what they must know", async (_, changes) => {
    const person = await makePerson();
    await db().update(users).set(changes).where(eq(users.id, person.account.id));
    await tell(person, { type: "video.ready" });
    await tell(person, { type: "video.taken_down", data: { reason: "music" } });
    expect((await mailsOf(person)).map(({ kind }) => kind)).toEqual(["video_taken_down"]);
  });
});

describe("choices", () => {
  test("decide how one is told", async () => {
    const person = await makePerson();
    const { account: viewer } = person;
    const items = [
      { type: "video.ready", inApp: true, email: false },
      { type: "upload.finished", inApp: true, email: false },
    ] as const;
    const kept = await putNotificationSettings({ viewer, choices: { items: [...items] } });
    expect(kept.items).toContainEqual(expect.objectContaining({ type: "video.ready", inApp: true, email: false }));
    await tell(person, { type: "video.ready" });
    await tell(person, { type: "upload.finished" });
    await tell(person, { type: "video.playable" });
    expect((await list(person)).items.map(({ type }) => type)).toEqual(["upload.finished", "video.ready"]);
    expect(await mailsOf(person)).toEqual([]);
  });

  test("refuse what one must know, and mails that do not exist; nothing is kept then", async () => {
    const { account: viewer } = await makePerson();
    const choose = (type: "video.taken_down" | "upload.finished", email: boolean) =>
      putNotificationSettings({
        viewer,
        choices: {
          items: [
            { type: "video.ready", inApp: false, email: false },
            { type, inApp: true, email },
          ],
        },
      });
    await expect(choose("video.taken_down", false)).rejects.toMatchObject({ code: "invalid_input" });
    await expect(choose("upload.finished", true)).rejects.toMatchObject({ code: "invalid_input" });
    const { items } = await getNotificationSettings(viewer);
    expect(items).toContainEqual(expect.objectContaining({ type: "video.ready", inApp: true, email: true }));
  });

  test("a signed address switches mails of one kind off and nothing else; reading it changes nothing", async () => {
    const person = await makePerson();
    const token = unsubscribeToken({ userId: person.account.id, type: "video.ready" });
    expect(await readUnsubscription(token)).toEqual({ type: "video.ready", off: false });
    expect(await readUnsubscription(token)).toEqual({ type: "video.ready", off: false });
    await unsubscribe(token);
    await unsubscribe(token);
    expect(await readUnsubscription(token)).toEqual({ type: "video.ready", off: true });
    await tell(person, { type: "video.ready" });
    await tell(person, { type: "video.failed", data: { code: "corrupt" } });
    expect((await list(person)).unread).toBe(2);
    expect((await mailsOf(person)).map(({ kind }) => kind)).toEqual(["video_failed"]);
    const must = unsubscribeToken({ userId: person.account.id, type: "video.taken_down" });
    await expect(unsubscribe(must)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("reading", () => {
  test("pages through notices and marks only one's own as read", async () => {
    const [person, other] = [await makePerson(), await makePerson()];
    for (const title of ["one", "two", "three"]) await tell(person, { type: "video.ready" }, title);
    const viewer = person.account;
    const first = await listNotifications({ viewer, query: { limit: 2 }, locale: "en" });
    expect(first.items.map(({ text }) => text)).toEqual(["three", "two"]);
    const query = { limit: 2, cursor: first.nextCursor ?? "" };
    const rest = await listNotifications({ viewer, query, locale: "en" });
    expect(rest).toMatchObject({ items: [{ text: "one" }], nextCursor: null });
    const ids = [first.items[0]?.id ?? ""];
    expect(await readNotifications({ viewer: other.account, read: { ids } })).toEqual({ unread: 0 });
    expect((await list(person)).unread).toBe(3);
    expect(await readNotifications({ viewer, read: { ids } })).toEqual({ unread: 2 });
    expect(await readNotifications({ viewer, read: { all: true } })).toEqual({ unread: 0 });
    await expect(listNotifications({ viewer, query: { limit: 2, cursor: "x" }, locale: "en" })).rejects.toMatchObject({
      code: "invalid_input",
    });
  });
});

test("events and mails whose job was lost are queued again by upkeep", async () => {
  const person = await makePerson();
  const { eventId } = await record(person, { type: "video.ready" });
  const jobs = async (key: string) =>
    (await db().execute(sql`select 1 from graphile_worker.jobs where key = ${key}`)).length;
  const lose = (key: string) => db().execute(sql`select graphile_worker.remove_job(${key})`);
  await lose(`dispatch:${eventId}`);
  await reconcileNotifications();
  expect(await jobs(`dispatch:${eventId}`)).toBe(1);
  await dispatchEvent({ eventId });
  await lose(`dispatch:${eventId}`);
  await db().update(mails).set({ state: "queued" }).where(eq(mails.userId, person.account.id));
  const [mail] = await mailsOf(person);
  await reconcileNotifications();
  expect(await jobs(`mail:${mail?.id}`)).toBe(1);
  expect(await jobs(`dispatch:${eventId}`)).toBe(0);
  await sendMail({ mailId: mail?.id ?? "" });
  expect(await jobs(`mail:${mail?.id}`)).toBe(1);
  const told = await db()
    .select()
    .from(notifications)
    .where(and(eq(notifications.eventId, eventId), eq(notifications.userId, person.account.id)));
  expect(told).toHaveLength(1);
});
