import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db, transaction } from "#lib/db/client.ts";
import { mails, notificationChoices, outbox } from "#lib/db/schema/index.ts";
import { overrideEnv } from "#lib/env.ts";
import { newId } from "#lib/ids.ts";
import { retryMail } from "#lib/mail/admin-mails.ts";
import { sendMail } from "#lib/mail/send-mail.ts";
import { dispatchEvent } from "#lib/notifications/dispatch-event.ts";
import { queueMail } from "#lib/notifications/queue-mail.ts";
import { recordVideoEvent } from "#lib/notifications/record-video-event.ts";
import { startMailServer } from "#tests/factories/mail-server.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";

const publicUrl = "https://videos.example.org";
const from = "Kinora <no-reply@videos.example.org>";

testDatabase();

let server: Awaited<ReturnType<typeof startMailServer>>;
beforeAll(async () => {
  server = await startMailServer();
});
afterAll(async () => {
  await server.stop();
});
beforeEach(() => {
  server.received.length = 0;
  delete server.faults.rcpt;
  delete server.faults.data;
  overrideEnv({ SMTP_URL: server.url, MAIL_FROM: from, PUBLIC_URL: publicUrl });
});

/** Something happens to a video of theirs and is told; gives the mail that came of it. */
const happen = async (
  person: Person,
  event: Omit<Parameters<typeof recordVideoEvent>[1], "videoId">,
  title = "A film",
) => {
  const video = await makeVideo({ creatorId: person.account.id, channelId: person.channelId, title });
  await transaction((tx) => recordVideoEvent(tx, { ...event, videoId: video.id }));
  const [recorded] = await db().select().from(outbox).where(eq(outbox.videoId, video.id));
  if (recorded === undefined) throw new Error("nothing was recorded");
  await dispatchEvent({ eventId: recorded.id });
  const [mail] = await db()
    .select()
    .from(mails)
    .where(eq(mails.dedupeKey, `event:${recorded.id}`));
  return { video, eventId: recorded.id, mail, mailId: mail?.id ?? "" };
};

const mailRow = async (mailId: string) => {
  const [row] = await db().select().from(mails).where(eq(mails.id, mailId));
  if (row === undefined) throw new Error("no such mail");
  return row;
};

describe("a mail", () => {
  test("comes in the language of its receiver, as text and as HTML", async () => {
    const [olena, john] = [await makePerson({ locale: "uk", displayName: "Олена" }), await makePerson()];
    const forOlena = await happen(olena, { type: "video.ready" }, "Похід на Говерлу");
    const forJohn = await happen(john, { type: "video.ready" }, "Hills & <valleys>");
    await sendMail({ mailId: forOlena.mailId });
    await sendMail({ mailId: forJohn.mailId });
    const [first, second] = server.received;
    expect(first).toMatchObject({ from: "no-reply@videos.example.org", to: [olena.account.email] });
    expect(first?.headers).toMatchObject({ subject: "Готово: Похід на Говерлу", "auto-submitted": "auto-generated" });
    expect(first?.text).toContain("Вітаємо, Олена!");
    expect(first?.html).toContain('<html lang="uk">');
    expect(first?.text).toContain(`${publicUrl}/login?next=%2Fwatch%2F${forOlena.video.id}`);
    expect(second?.headers.subject).toBe("Ready: Hills & <valleys>");
    expect(second?.html).toContain("Hills &amp; &lt;valleys&gt;");
    expect(await mailRow(forJohn.mailId)).toMatchObject({ state: "sent", attempts: 1, lastError: null });
  });

  test("can be switched off with one click where it is optional", async () => {
    const { mail, mailId } = await happen(await makePerson(), { type: "video.ready" });
    await sendMail({ mailId });
    const headers = server.received[0]?.headers ?? {};
    expect(headers["list-unsubscribe"]).toBe(`<${mail?.unsubscribeUrl}>`);
    expect(headers["list-unsubscribe-post"]).toBe("List-Unsubscribe=One-Click");
    const down = await happen(await makePerson(), { type: "video.taken_down", data: { reason: "The music" } });
    await sendMail({ mailId: down.mailId });
    expect(server.received[1]?.headers["list-unsubscribe"]).toBeUndefined();
    expect(server.received[1]?.text).toContain("The music");
  });

  test("arrives once after the server was away, however often it is asked for", async () => {
    const { mailId } = await happen(await makePerson(), { type: "video.ready" });
    const { port } = server;
    await server.stop();
    await sendMail({ mailId });
    expect(await mailRow(mailId)).toMatchObject({ state: "queued", attempts: 1 });
    expect((await mailRow(mailId)).lastError).toMatch(/ECONNREFUSED/);
    server = await startMailServer({ port });
    await Promise.all([sendMail({ mailId }), sendMail({ mailId })]);
    await sendMail({ mailId });
    expect(server.received).toHaveLength(1);
    expect(server.received[0]?.headers["message-id"]).toBe(`<${mailId}@videos.example.org>`);
    expect(await mailRow(mailId)).toMatchObject({ state: "sent", attempts: 2 });
  });

  test("fails at once when its receiver is refused for good, and goes again when an admin says so", async () => {
    const admin = await makePerson({ role: "admin" });
    const { mailId } = await happen(await makePerson(), { type: "video.ready" });
    server.faults.rcpt = 550;
    await sendMail({ mailId });
    expect(await mailRow(mailId)).toMatchObject({ state: "failed", attempts: 1 });
    delete server.faults.rcpt;
    await retryMail({ viewer: admin.account, mailId });
    await sendMail({ mailId });
    expect(server.received).toHaveLength(1);
    await expect(retryMail({ viewer: admin.account, mailId })).rejects.toMatchObject({ code: "conflict" });
  });

  test("waits when it is refused for the moment", async () => {
    const { mailId } = await happen(await makePerson(), { type: "video.ready" });
    server.faults.rcpt = 451;
    await sendMail({ mailId });
    expect(await mailRow(mailId)).toMatchObject({ state: "queued", attempts: 1 });
    delete server.faults.rcpt;
    server.faults.data = 554;
    await sendMail({ mailId });
    expect(await mailRow(mailId)).toMatchObject({ state: "failed", attempts: 2 });
  });

  test("is held without a server, and its secret is forgotten once it was sent", async () => {
    overrideEnv({ SMTP_URL: undefined, MAIL_FROM: undefined });
    const { account } = await makePerson();
    const asked = { userId: account.id, toAddress: account.email, locale: "en" as const };
    const data = { name: "Olena", path: "/reset?token=secret", minutes: 30 };
    const write = () =>
      transaction((tx) => queueMail(tx, { ...asked, kind: "reset_password", data, dedupeKey: `reset:${account.id}` }));
    await write();
    await write();
    const held = await db().select().from(mails).where(eq(mails.userId, account.id));
    expect(held.map(({ state }) => state)).toEqual(["held"]);
    const mailId = held[0]?.id ?? "";
    expect(held[0]?.bodyText).toContain("/reset?token=secret");
    overrideEnv({ SMTP_URL: server.url, MAIL_FROM: from });
    const admin = await makePerson({ role: "admin" });
    await retryMail({ viewer: admin.account, mailId });
    await sendMail({ mailId });
    expect(server.received[0]?.text).toContain(`${publicUrl}/reset?token=secret`);
    expect(await mailRow(mailId)).toMatchObject({ state: "sent", bodyText: "", bodyHtml: "" });
  });
});

describe("mails of what people do", () => {
  const chosen = (person: Person, type: "comment.received" | "comment.replied" | "video.published") =>
    db().insert(notificationChoices).values({ userId: person.account.id, type, inApp: true, email: true });

  test("come only to whoever asked for them, and lead to the comment", async () => {
    const olena = await makePerson({ locale: "uk", displayName: "Олена" });
    const data = { author: "Taras", commentId: newId(), held: true };
    const before = await happen(olena, { type: "comment.received", data }, "Гори");
    expect(before.mail).toBeUndefined();
    await chosen(olena, "comment.received");
    const { video, mailId } = await happen(olena, { type: "comment.received", data }, "Гори");
    await sendMail({ mailId });
    const [mail] = server.received;
    expect(mail?.headers.subject).toBe("Taras: коментар до «Гори»");
    expect(mail?.headers["list-unsubscribe-post"]).toBe("List-Unsubscribe=One-Click");
    expect(mail?.text).toContain("доки ви його не пропустите");
    const path = encodeURIComponent(`/watch/${video.id}?comment=${data.commentId}`);
    expect(mail?.text).toContain(`${publicUrl}/login?next=${path}`);
    expect(mail?.html).toContain("Прочитати коментар");
  });

  test("tell of a reply and of a channel's new video", async () => {
    const john = await makePerson({ displayName: "John" });
    await chosen(john, "comment.replied");
    await chosen(john, "video.published");
    const reply = await happen(john, { type: "comment.replied", data: { author: "Marta", commentId: newId() } });
    const published = await happen(john, { type: "video.published", data: { channel: "Hills" } }, "At dawn");
    await sendMail({ mailId: reply.mailId });
    await sendMail({ mailId: published.mailId });
    expect(server.received.map(({ headers }) => headers.subject)).toEqual([
      "Marta replied to you under “A film”",
      "Hills: At dawn",
    ]);
    expect(server.received[1]?.text).toContain("Hello John, Hills has published a video:");
  });
});
