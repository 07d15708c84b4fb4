import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { collectData } from "#lib/accounts/leaving/collect-data.ts";
import { removeAccount } from "#lib/accounts/leaving/remove-account.ts";
import { likeComment } from "#lib/comments/change-comment.ts";
import { listCommentReplies, listComments } from "#lib/comments/read-comments.ts";
import { db } from "#lib/db/client.ts";
import {
  commentLikes,
  comments,
  likes,
  pausedHistories,
  playlistItems,
  playlists,
  subscriptions,
  users,
  videoReactions,
  watchProgress,
} from "#lib/db/schema/index.ts";
import { keepWatchProgress, listHistory, pauseHistory } from "#lib/library/history.ts";
import { likeVideo, readLikes } from "#lib/library/likes.ts";
import { addPlaylistItem, listPlaylistItems, watchLater } from "#lib/library/playlist-items.ts";
import { createPlaylist } from "#lib/library/playlists.ts";
import { readSubscription, subscribe } from "#lib/library/subscriptions.ts";
import { eraseVideo } from "#lib/videos/purge-video.ts";
import { countedComments, makeTalk } from "#tests/factories/talk.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

const { signal } = new AbortController();
const query = { limit: 20, sort: "newest", state: "shown" } as const;

/** `one` has done everything that one can do about somebody else's video, and so has `two`. */
const busyTalk = async () => {
  const talk = await makeTalk();
  const { videoId, handle, one, two, write } = talk;
  const root = await write(one, "First");
  await write(two, "Answer", root.id);
  const lists: string[] = [];
  for (const { account: viewer } of [one, two]) {
    await likeVideo({ viewer, videoId });
    await likeComment({ viewer, commentId: root.id, liked: true });
    await subscribe({ viewer, handle, notify: "all" });
    await keepWatchProgress({ viewer, videoId, change: { positionMs: 30_000, agoMs: 0 } });
    const playlist = { title: "Films", description: "", visibility: "public" } as const;
    const { id: playlistId } = await createPlaylist({ viewer, playlist });
    await addPlaylistItem({ viewer, playlistId, videoId });
    await watchLater({ viewer, videoId });
    lists.push(playlistId);
  }
  return { ...talk, root, lists };
};

test("an account's removal takes its library along and leaves the answers of others in their place", async () => {
  const { videoId, handle, one, two, root, lists } = await busyTalk();
  await pauseHistory({ viewer: one.account, paused: true });
  const { id: userId } = one.account;
  const past = new Date(Date.now() - 1000);
  await db().update(users).set({ deletionRequestedAt: past, deletionDueAt: past }).where(eq(users.id, userId));
  const leaving = await listComments({ viewer: null, videoId, query });
  expect(leaving.items).toMatchObject([{ id: root.id, author: null }]);
  await removeAccount({ userId, signal });
  await removeAccount({ userId, signal });
  expect(await readLikes({ viewer: two.account, videoId })).toEqual({ likes: 1, liked: true });
  expect(await readSubscription({ viewer: two.account, handle })).toMatchObject({ subscribers: 1, subscribed: true });
  expect(await countedComments(videoId)).toEqual({ counter: 1, rows: 1 });
  const { items } = await listComments({ viewer: null, videoId, query });
  expect(items).toMatchObject([{ state: "gone", text: null, replies: 1 }]);
  const answers = await listCommentReplies({ viewer: null, commentId: root.id, query: { limit: 5 } });
  expect(answers.items).toMatchObject([{ text: "Answer", repliedTo: null }]);
  const [stored] = await db().select().from(comments).where(eq(comments.id, root.id));
  expect(stored).toMatchObject({ body: "", authorId: null });
  for (const [table, column] of [
    [likes, likes.userId],
    [commentLikes, commentLikes.userId],
    [subscriptions, subscriptions.userId],
    [playlists, playlists.ownerId],
    [watchProgress, watchProgress.userId],
    [pausedHistories, pausedHistories.userId],
  ] as const) {
    expect(await db().$count(table, eq(column, userId))).toBe(0);
  }
  expect(await db().$count(playlistItems, eq(playlistItems.playlistId, lists[0] ?? ""))).toBe(0);
});

test("the removal of a channel's founder ends what others did there", async () => {
  const { videoId, owner, two, lists } = await busyTalk();
  const { id: userId } = owner.account;
  const past = new Date(Date.now() - 1000);
  await db().update(users).set({ deletionRequestedAt: past, deletionDueAt: past }).where(eq(users.id, userId));
  await removeAccount({ userId, signal });
  expect(await db().$count(comments, eq(comments.videoId, videoId))).toBe(0);
  expect(await db().$count(subscriptions, eq(subscriptions.channelId, owner.channelId))).toBe(0);
  const own = await listPlaylistItems({ viewer: two.account, playlistId: lists[1] ?? "", query: { limit: 5 } });
  expect(own.items).toMatchObject([{ video: null }]);
});

test("a video's removal ends its likes and comments; places in lists and histories lead nowhere", async () => {
  const { videoId, one, lists } = await busyTalk();
  expect(await eraseVideo({ videoId, signal, mayGo: () => true })).toBe(true);
  expect(await db().$count(comments, eq(comments.videoId, videoId))).toBe(0);
  expect(await db().$count(likes, eq(likes.videoId, videoId))).toBe(0);
  expect(await db().$count(videoReactions, eq(videoReactions.videoId, videoId))).toBe(0);
  const { account: viewer } = one;
  const items = await listPlaylistItems({ viewer, playlistId: lists[0] ?? "", query: { limit: 5 } });
  expect(items.items).toMatchObject([{ video: null }]);
  expect((await listHistory({ viewer, query: { limit: 5 } })).items).toMatchObject([{ videoId, video: null }]);
  const strange = await listPlaylistItems({ viewer: null, playlistId: lists[0] ?? "", query: { limit: 5 } });
  expect(strange.items).toEqual([]);
});

test("an export holds library and comments", async () => {
  const { videoId, one, root, lists } = await busyTalk();
  const files = new Map<string, unknown>();
  for await (const { name, data } of collectData(one.account, signal)) files.set(name, data);
  expect(files.get("library.json")).toMatchObject({
    likes: [{ videoId }],
    subscriptions: [{ notify: "all" }],
    playlists: [{ id: lists[0], title: "Films", videoIds: [videoId] }],
    watchLater: [videoId],
    historyPausedAt: null,
    history: [{ videoId, positionMs: 30_000 }],
  });
  expect(files.get("comments.json")).toMatchObject([{ id: root.id, body: "First" }]);
});
