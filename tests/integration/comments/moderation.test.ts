import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { deleteComment, editComment } from "#lib/comments/change-comment.ts";
import {
  changeCommentsMode,
  moderateComment,
  readHiddenPeople,
  setPersonHidden,
  setPinned,
} from "#lib/comments/moderate.ts";
import { listCommentReplies, listComments } from "#lib/comments/read-comments.ts";
import { db } from "#lib/db/client.ts";
import { auditLog, outbox } from "#lib/db/schema/index.ts";
import { editVideo } from "#lib/videos/edit-video.ts";
import type { Person } from "#tests/factories/people.ts";
import { makeChannel } from "#tests/factories/rows.ts";
import { countedComments, makeTalk, seen } from "#tests/factories/talk.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

const query = { limit: 20, sort: "newest", state: "shown" } as const;
const texts = async (person: Person | null, videoId: string) =>
  (await listComments({ viewer: person?.account ?? null, videoId, query })).items.map(({ text }) => text);

describe("the channel", () => {
  test("takes a comment away and puts it back; what its author deleted stays deleted", async () => {
    const { videoId, write, owner, one, two } = await makeTalk();
    const { id: commentId } = await write(one, "First");
    await expect(deleteComment({ viewer: two.account, commentId })).rejects.toMatchObject({ code: "forbidden" });
    await deleteComment({ viewer: owner.account, commentId });
    for (const person of [null, one, owner]) expect(await texts(person, videoId)).toEqual([]);
    await expect(editComment({ viewer: one.account, commentId, text: "x" })).rejects.toMatchObject({
      code: "not_found",
    });
    await moderateComment({ viewer: owner.account, commentId, state: "shown" });
    expect(await texts(null, videoId)).toEqual(["First"]);
    expect(await countedComments(videoId)).toEqual({ counter: 1, rows: 1 });
    await deleteComment({ viewer: one.account, commentId });
    const back = moderateComment({ viewer: owner.account, commentId, state: "shown" });
    await expect(back).rejects.toMatchObject({ code: "not_found" });
    const actions = await db().select().from(auditLog).where(eq(auditLog.targetId, commentId)).orderBy(auditLog.id);
    expect(actions.map(({ action }) => action)).toEqual(["comment.remove", "comment.show"]);
  });

  test("lets held comments through, and whom they answer hears of it then", async () => {
    const { videoId, write, owner, one, two } = await makeTalk();
    const root = await write(one, "First");
    await changeCommentsMode({ viewer: owner.account, videoId, mode: "held" });
    const { id: commentId, state } = await write(two, "Waits", root.id);
    expect(state).toBe("held");
    expect(await write(owner, "Own", root.id)).toMatchObject({ state: "shown" });
    const replies = async (person: Person | null) =>
      (
        await listCommentReplies({ viewer: person?.account ?? null, commentId: root.id, query: { limit: 9 } })
      ).items.map(({ text }) => text);
    expect(await replies(null)).toEqual(["Own"]);
    for (const person of [two, owner]) expect(await replies(person)).toEqual(["Waits", "Own"]);
    const waiting = () => listComments({ viewer: owner.account, videoId, query: { ...query, state: "held" } });
    expect((await waiting()).items).toMatchObject([{ id: commentId }]);
    const curious = listComments({ viewer: one.account, videoId, query: { ...query, state: "held" } });
    await expect(curious).rejects.toMatchObject({ code: "forbidden" });
    const told = async () =>
      (
        await db()
          .select()
          .from(outbox)
          .where(eq(outbox.dedupeKey, `comment.replied:${commentId}`))
      ).length;
    expect(await told()).toBe(0);
    for (const _ of [1, 2]) await moderateComment({ viewer: owner.account, commentId, state: "shown" });
    expect([await told(), (await waiting()).items.length]).toEqual([1, 0]);
    expect(await replies(null)).toEqual(["Waits", "Own"]);
    expect(await editComment({ viewer: two.account, commentId, text: "Other words" })).toMatchObject({ state: "held" });
    expect(await countedComments(videoId)).toEqual({ counter: 2, rows: 2 });
  });

  test("pins one comment, also when two are pinned at once", async () => {
    const { videoId, write, owner, one } = await makeTalk();
    const made = [await write(one, "a"), await write(one, "b"), await write(one, "c")];
    const viewer = owner.account;
    await Promise.all(made.map(({ id }) => setPinned({ viewer, commentId: id, pinned: true })));
    const page = await listComments({ viewer: null, videoId, query });
    expect(page.pinned).toMatchObject({ pinned: true });
    expect(page.items).toHaveLength(2);
    const reply = await write(one, "re", made[0]?.id);
    const pinReply = setPinned({ viewer, commentId: reply.id, pinned: true });
    await expect(pinReply).rejects.toMatchObject({ code: "conflict" });
    const foreign = setPinned({ viewer: one.account, commentId: made[0]?.id ?? "", pinned: true });
    await expect(foreign).rejects.toMatchObject({ code: "forbidden" });
    await deleteComment({ viewer: one.account, commentId: page.pinned?.id ?? "" });
    expect((await listComments({ viewer: null, videoId, query })).pinned).toBeNull();
  });

  test("switches comments off and on again", async () => {
    const { videoId, write, owner, one } = await makeTalk();
    const root = await write(one, "First");
    await changeCommentsMode({ viewer: owner.account, videoId, mode: "off" });
    expect(await listComments({ viewer: null, videoId, query })).toMatchObject({ items: [], mode: "off", count: 0 });
    await expect(write(one, "Second")).rejects.toMatchObject({ code: "forbidden" });
    await expect(seen(null, root.id)).rejects.toMatchObject({ code: "not_found" });
    const foreign = changeCommentsMode({ viewer: one.account, videoId, mode: "open" });
    await expect(foreign).rejects.toMatchObject({ code: "forbidden" });
    await changeCommentsMode({ viewer: owner.account, videoId, mode: "open" });
    expect(await texts(null, videoId)).toEqual(["First"]);
  });
});

describe("a hidden person", () => {
  test("is seen by themselves and the channel alone, before and after, until they are shown again", async () => {
    const { videoId, handle, write, owner, one, two } = await makeTalk();
    const root = await write(one, "Before");
    await write(two, "Answer", root.id);
    const hide = (hidden: boolean) =>
      setPersonHidden({ viewer: owner.account, handle, userId: one.account.id, hidden });
    await hide(true);
    await hide(true);
    const events = await db().$count(outbox);
    expect(await write(one, "After")).toMatchObject({ state: "hidden" });
    expect(await db().$count(outbox)).toBe(events);
    expect(await texts(null, videoId)).toEqual([null]);
    expect(await texts(two, videoId)).toEqual([null]);
    for (const person of [one, owner]) expect(await texts(person, videoId)).toEqual(["After", "Before"]);
    expect(await countedComments(videoId)).toEqual({ counter: 1, rows: 1 });
    const { items } = await readHiddenPeople({ viewer: owner.account, handle });
    expect(items.map(({ userId }) => userId)).toEqual([one.account.id]);
    await hide(false);
    expect(await texts(null, videoId)).toEqual(["After", "Before"]);
    expect(await countedComments(videoId)).toEqual({ counter: 3, rows: 3 });
  });

  test("stays hidden with what they write at that very moment", async () => {
    const { videoId, handle, write, owner, one } = await makeTalk();
    const hide = () => setPersonHidden({ viewer: owner.account, handle, userId: one.account.id, hidden: true });
    await Promise.all([write(one, "a"), write(one, "b"), hide(), write(one, "c"), write(one, "d")]);
    expect(await texts(null, videoId)).toEqual([]);
    expect(await countedComments(videoId)).toEqual({ counter: 0, rows: 0 });
  });

  test("is hidden by the channel on which the video is, also when it moves", async () => {
    const { videoId, handle, write, owner, one } = await makeTalk();
    await write(one, "Words");
    const other = await makeChannel({ ownerId: owner.account.id });
    const hide = { viewer: owner.account, userId: one.account.id, hidden: true };
    const move = (channelId: string) => editVideo({ viewer: owner.account, videoId, patch: { channelId } });
    await setPersonHidden({ ...hide, handle });
    await move(other.id);
    expect(await texts(null, videoId)).toEqual(["Words"]);
    await setPersonHidden({ ...hide, handle, hidden: false });
    await setPersonHidden({ ...hide, handle: other.handle });
    expect(await texts(null, videoId)).toEqual([]);
    await move(owner.channelId);
    expect(await texts(null, videoId)).toEqual(["Words"]);
    expect(await countedComments(videoId)).toEqual({ counter: 1, rows: 1 });
  });

  test("is nobody who works on the channel", async () => {
    const { handle, owner, one } = await makeTalk();
    const asked = { viewer: owner.account, handle, userId: owner.account.id, hidden: true };
    await expect(setPersonHidden(asked)).rejects.toMatchObject({ code: "conflict" });
    await expect(setPersonHidden({ ...asked, viewer: one.account })).rejects.toMatchObject({ code: "forbidden" });
  });
});
