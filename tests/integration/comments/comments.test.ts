import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { addComment } from "#lib/comments/add-comment.ts";
import { deleteComment, editComment, likeComment } from "#lib/comments/change-comment.ts";
import { getComment, listCommentReplies, listComments } from "#lib/comments/read-comments.ts";
import { db } from "#lib/db/client.ts";
import { outbox, videos } from "#lib/db/schema/index.ts";
import { dispatchEvent } from "#lib/notifications/dispatch-event.ts";
import { listNotifications } from "#lib/notifications/list-notifications.ts";
import type { makePerson } from "#tests/factories/people.ts";
import { countedComments, makeTalk, seen } from "#tests/factories/talk.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

const query = { limit: 20, sort: "newest", state: "shown" } as const;

describe("threads", () => {
  test("are one level deep: an answer to an answer joins its thread and names whom it answers", async () => {
    const { videoId, write, one, two } = await makeTalk();
    const root = await write(one, "First");
    const reply = await write(two, "Second", root.id);
    const deeper = await write(one, "Third", reply.id);
    expect(deeper).toMatchObject({ parentId: root.id, repliedTo: two.account.username });
    expect((await listComments({ viewer: null, videoId, query })).items).toMatchObject([{ id: root.id, replies: 2 }]);
    const replies = await listCommentReplies({ viewer: null, commentId: root.id, query: { limit: 20 } });
    expect(replies.items.map(({ text }) => text)).toEqual(["Second", "Third"]);
    expect(await getComment({ viewer: null, commentId: deeper.id })).toMatchObject({
      comment: { text: "Third" },
      root: { id: root.id, text: "First" },
    });
    expect(await countedComments(videoId)).toEqual({ counter: 3, rows: 3 });
  });

  test("come newest first or by likes and replies, page by page", async () => {
    const { videoId, write, one, two } = await makeTalk();
    const made = [await write(one, "a"), await write(one, "b"), await write(one, "c")];
    await write(two, "re", made[0]?.id);
    for (const { account } of [one, two]) {
      await likeComment({ viewer: account, commentId: made[1]?.id ?? "", liked: true });
    }
    const texts = async (sort: "newest" | "top") => {
      const first = await listComments({ viewer: null, videoId, query: { ...query, sort, limit: 2 } });
      const cursor = first.nextCursor ?? "";
      const rest = await listComments({ viewer: null, videoId, query: { ...query, sort, limit: 2, cursor } });
      expect(rest.nextCursor).toBeNull();
      return [...first.items, ...rest.items].map(({ text }) => text);
    };
    expect(await texts("newest")).toEqual(["c", "b", "a"]);
    expect(await texts("top")).toEqual(["b", "a", "c"]);
    const cursor = "not-ours";
    const foreign = listComments({ viewer: null, videoId, query: { ...query, cursor } });
    await expect(foreign).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("keep the place of what began them when that is deleted, and nothing of its words", async () => {
    const { videoId, write, one, two } = await makeTalk();
    const [root, lone] = [await write(one, "First"), await write(one, "Alone")];
    await write(two, "Answer", root.id);
    for (const { id } of [root, lone]) await deleteComment({ viewer: one.account, commentId: id });
    const page = await listComments({ viewer: one.account, videoId, query });
    expect(page.items).toMatchObject([{ id: root.id, state: "gone", text: null, author: null, replies: 1 }]);
    expect(page.count).toBe(1);
    await expect(getComment({ viewer: null, commentId: root.id })).rejects.toMatchObject({ code: "not_found" });
    const answers = await listCommentReplies({ viewer: null, commentId: root.id, query: { limit: 20 } });
    expect(answers.items).toMatchObject([{ text: "Answer" }]);
    expect(await countedComments(videoId)).toEqual({ counter: 1, rows: 1 });
  });

  test("count right when answers come while what they answer is deleted", async () => {
    const { videoId, write, one, two } = await makeTalk();
    const root = await write(one, "First");
    const ended = await Promise.allSettled([
      ...Array.from({ length: 8 }, (_, n) => write(two, `Answer ${n}`, root.id)),
      deleteComment({ viewer: one.account, commentId: root.id }),
      ...Array.from({ length: 8 }, (_, n) => write(two, `Late ${n}`, root.id)),
    ]);
    const refused = ended.filter((one) => one.status === "rejected");
    for (const { reason } of refused) expect(reason).toMatchObject({ code: "gone" });
    const written = ended.length - 1 - refused.length;
    const { counter, rows } = await countedComments(videoId);
    expect([counter, rows]).toEqual([written, written]);
    const { items } = await listComments({ viewer: null, videoId, query });
    expect(items.map(({ replies }) => replies)).toEqual(written === 0 ? [] : [written]);
  });

  test("count likes of a comment once per account, however many come at once", async () => {
    const { write, one, two, owner } = await makeTalk();
    const { id: commentId } = await write(one, "First");
    const like = (liked: boolean) =>
      [one, two, owner, two].map(({ account: viewer }) => likeComment({ viewer, commentId, liked }));
    await Promise.all(like(true));
    expect(await seen(null, commentId)).toMatchObject({ likes: 3, liked: false });
    const twice = { viewer: one.account, commentId, liked: true };
    await Promise.all([likeComment({ ...twice, viewer: two.account, liked: false }), likeComment(twice)]);
    expect(await seen(one, commentId)).toMatchObject({ likes: 2, liked: true });
  });
});

describe("words", () => {
  test("may be changed by their author alone, and it shows", async () => {
    const { write, one, owner } = await makeTalk();
    const { id: commentId } = await write(one, "First");
    await editComment({ viewer: one.account, commentId, text: "First" });
    expect((await seen(null, commentId)).editedAt).toBeNull();
    const edited = await editComment({ viewer: one.account, commentId, text: "Better" });
    expect(edited).toMatchObject({ text: "Better", editedAt: expect.any(String) });
    const foreign = editComment({ viewer: owner.account, commentId, text: "Theirs" });
    await expect(foreign).rejects.toMatchObject({ code: "forbidden" });
  });

  test("under a video that one may not see are neither told nor taken", async () => {
    const { videoId, write, one } = await makeTalk();
    const { id: commentId } = await write(one, "First");
    const viewer = one.account;
    for (const changes of [
      { visibility: "private" as const },
      { takenDownAt: new Date() },
      { deletedAt: new Date() },
    ]) {
      await db().update(videos).set(changes).where(eq(videos.id, videoId));
      const tries = [
        listComments({ viewer, videoId, query }),
        getComment({ viewer, commentId }),
        listCommentReplies({ viewer, commentId, query: { limit: 5 } }),
        editComment({ viewer, commentId, text: "x" }),
        deleteComment({ viewer, commentId }),
        likeComment({ viewer, commentId, liked: true }),
        write(one, "Another"),
      ];
      const codes = (await Promise.allSettled(tries)).map((one) =>
        one.status === "rejected" ? one.reason.code : "done",
      );
      expect(codes).toEqual(tries.map(() => "not_found"));
      const open = { visibility: "public" as const, takenDownAt: null, deletedAt: null };
      await db().update(videos).set(open).where(eq(videos.id, videoId));
    }
  });

  test("answer only what stands under the same video", async () => {
    const [talk, other] = [await makeTalk(), await makeTalk()];
    const { id: parentId } = await other.write(other.one, "Elsewhere");
    const { one, videoId } = talk;
    const add = addComment({ viewer: one.account, videoId, comment: { text: "Hi", parentId } });
    await expect(add).rejects.toMatchObject({ code: "invalid_input", fields: { parentId: expect.any(String) } });
  });
});

describe("notices", () => {
  const notices = async (person: Awaited<ReturnType<typeof makePerson>>) => {
    const open = await db().select({ id: outbox.id }).from(outbox).where(eq(outbox.userId, person.account.id));
    for (const { id } of open) await dispatchEvent({ eventId: id });
    const page = await listNotifications({ viewer: person.account, query: { limit: 20 }, locale: "en" });
    return page.items.map(({ type }) => type);
  };

  test("tell the channel of a comment and whom a reply answers, nobody twice and nobody of their own", async () => {
    const { write, owner, one, two, videoId } = await makeTalk();
    const root = await write(one, "First");
    const reply = await write(two, "Second", root.id);
    await write(owner, "Third", reply.id);
    await write(two, "To the channel", (await write(owner, "Own")).id);
    expect(await notices(owner)).toEqual(Array(3).fill("comment.received"));
    expect(await notices(one)).toEqual(["comment.replied"]);
    expect(await notices(two)).toEqual(["comment.replied"]);
    const page = await listNotifications({ viewer: one.account, query: { limit: 1 }, locale: "en" });
    expect(page.items[0]).toMatchObject({ href: `/watch/${videoId}?comment=${reply.id}` });
  });

  test("do not tell of a video that is closed to whom it answers", async () => {
    const { write, one, owner, videoId } = await makeTalk();
    const root = await write(one, "First");
    await db().update(videos).set({ visibility: "private" }).where(eq(videos.id, videoId));
    await write(owner, "Second", root.id);
    expect(await notices(one)).toEqual([]);
  });
});
