import { expect, test } from "vitest";
import type { ChannelCommentQuery } from "#lib/comments/dto.ts";
import { changeCommentsMode, moderateComment } from "#lib/comments/moderate.ts";
import { readChannelComments } from "#lib/comments/read-channel-comments.ts";
import { deleteVideo } from "#lib/videos/delete-video.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { makeTalk } from "#tests/factories/talk.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

const scene = async () => {
  const talk = await makeTalk();
  const { owner, handle, one } = talk;
  const other = await makeVideo({
    ...{ creatorId: owner.account.id, channelId: owner.channelId, title: "Another" },
    ...{ visibility: "private", status: "ready" },
  });
  const page = (query: Partial<ChannelCommentQuery> = {}, viewer = owner.account) =>
    readChannelComments({ viewer, handle, query: { state: "held", limit: 20, ...query } });
  const texts = async (query: Partial<ChannelCommentQuery> = {}) =>
    (await page(query)).items.map(({ comment, video }) => [comment.text, video.title]);
  return { ...talk, other, page, texts, one };
};

test("a channel's people see what waits under all of its videos, the newest first, page by page", async () => {
  const { write, owner, one, two, videoId, page, texts } = await scene();
  const first = await write(one, "Shown");
  await changeCommentsMode({ viewer: owner.account, videoId, mode: "held" });
  const [a, b] = [await write(one, "Waits", first.id), await write(two, "Waits too")];
  expect(await texts()).toEqual([
    ["Waits too", "A film"],
    ["Waits", "A film"],
  ]);
  expect(await texts({ state: "shown" })).toEqual([["Shown", "A film"]]);
  const { items, nextCursor } = await page({ limit: 1 });
  expect(items.map(({ comment }) => comment.id)).toEqual([b.id]);
  expect((await page({ limit: 1, cursor: nextCursor ?? "" })).items.map(({ comment }) => comment.id)).toEqual([a.id]);
  await moderateComment({ viewer: owner.account, commentId: b.id, state: "shown" });
  expect(await texts()).toEqual([["Waits", "A film"]]);
  expect(await texts({ state: "shown" })).toEqual([
    ["Waits too", "A film"],
    ["Shown", "A film"],
  ]);
});

test("nobody else sees them, and what stood under a deleted video is gone", async () => {
  const { write, owner, one, videoId, page, texts } = await scene();
  await write(one, "Shown");
  await expect(page({}, one.account)).rejects.toMatchObject({ code: "forbidden" });
  await expect(page({ cursor: "x" })).rejects.toMatchObject({ code: "invalid_input" });
  await deleteVideo({ viewer: owner.account, videoId });
  expect(await texts({ state: "shown" })).toEqual([]);
});
