import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { playlistItems, videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import {
  addPlaylistItem,
  isWatchedLater,
  listPlaylistItems,
  listWatchLater,
  mostItems,
  movePlaylistItem,
  notWatchLater,
  removePlaylistItem,
  watchLater,
} from "#lib/library/playlist-items.ts";
import {
  createPlaylist,
  editPlaylist,
  getPlaylist,
  listChannelPlaylists,
  listOwnPlaylists,
  removePlaylist,
} from "#lib/library/playlists.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

const query = { limit: 100 };
const publicVideos = async (person: Person, count: number) => {
  const made: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const values = { visibility: "public", status: "ready", publishedAt: new Date() } as const;
    made.push((await makeVideo({ creatorId: person.account.id, channelId: person.channelId, ...values })).id);
  }
  return made;
};

const listOf = async (person: Person, count: number, visibility: "private" | "unlisted" | "public" = "private") => {
  const { account: viewer } = person;
  const { id: playlistId } = await createPlaylist({
    viewer,
    playlist: { title: "Films", description: "", visibility },
  });
  const videoIds = await publicVideos(person, count);
  const items: string[] = [];
  for (const videoId of videoIds) items.push((await addPlaylistItem({ viewer, playlistId, videoId })).id);
  return { viewer, playlistId, videoIds, items };
};
const order = async (asked: { viewer: Person["account"]; playlistId: string }) =>
  (await listPlaylistItems({ ...asked, query })).items.map(({ id }) => id);

describe("the order of a playlist", () => {
  test("changes by one row when an item is moved", async () => {
    const { viewer, playlistId, items } = await listOf(await makePerson(), 4);
    const rows = () =>
      db().select().from(playlistItems).where(eq(playlistItems.playlistId, playlistId)).orderBy(playlistItems.id);
    const before = await rows();
    const [a = "", b = "", c = "", d = ""] = items;
    await movePlaylistItem({ viewer, playlistId, itemId: d, afterId: a });
    expect(await order({ viewer, playlistId })).toEqual([a, d, b, c]);
    const after = await rows();
    expect(after.filter((row, index) => row.position !== before[index]?.position).map(({ id }) => id)).toEqual([d]);
    await movePlaylistItem({ viewer, playlistId, itemId: c, afterId: null });
    expect(await order({ viewer, playlistId })).toEqual([c, a, d, b]);
    await movePlaylistItem({ viewer, playlistId, itemId: c, afterId: b });
    expect(await order({ viewer, playlistId })).toEqual([a, d, b, c]);
  });

  test("holds when items are put between the same two until there is no room left", async () => {
    const { viewer, playlistId, items } = await listOf(await makePerson(), 3);
    const [a = "", b = "", c = ""] = items;
    for (let turn = 0; turn < 40; turn += 1) {
      const [moved, other] = turn % 2 === 0 ? [c, b] : [b, c];
      await movePlaylistItem({ viewer, playlistId, itemId: moved, afterId: a });
      expect(await order({ viewer, playlistId })).toEqual([a, moved, other]);
    }
  });

  test("has every item once when several drags come at once", async () => {
    const { viewer, playlistId, items } = await listOf(await makePerson(), 8);
    const drags = items.map((itemId, index) => ({ itemId, afterId: items[(index + 3) % items.length] ?? null }));
    await Promise.all([...drags, ...drags].map((drag) => movePlaylistItem({ viewer, playlistId, ...drag })));
    expect((await order({ viewer, playlistId })).toSorted()).toEqual(items.toSorted());
    const rows = await db().select().from(playlistItems).where(eq(playlistItems.playlistId, playlistId));
    expect(new Set(rows.map(({ position }) => position)).size).toBe(8);
  });

  test("refuses a place behind what is no longer there", async () => {
    const { viewer, playlistId, items } = await listOf(await makePerson(), 2);
    const [a = "", b = ""] = items;
    await removePlaylistItem({ viewer, playlistId, itemId: a });
    const move = movePlaylistItem({ viewer, playlistId, itemId: b, afterId: a });
    await expect(move).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("what is in a playlist", () => {
  test("is each video once, also when it is added twice at once", async () => {
    const { viewer, playlistId, videoIds } = await listOf(await makePerson(), 1);
    const videoId = videoIds[0] ?? "";
    await Promise.all([1, 2, 3].map(() => addPlaylistItem({ viewer, playlistId, videoId })));
    expect(await order({ viewer, playlistId })).toHaveLength(1);
  });

  test("stays in its place for the owner when it is no longer there, and counts for nobody", async () => {
    const [owner, other] = [await makePerson(), await makePerson()];
    const { viewer, playlistId, videoIds, items } = await listOf(owner, 3, "public");
    const [foreign = ""] = await publicVideos(other, 1);
    await addPlaylistItem({ viewer, playlistId, videoId: foreign });
    await db().update(videos).set({ visibility: "private" }).where(eq(videos.id, foreign));
    await db()
      .update(videos)
      .set({ deletedAt: new Date() })
      .where(eq(videos.id, videoIds[1] ?? ""));
    const own = await listPlaylistItems({ viewer, playlistId, query });
    expect(own.items.map(({ video }) => video?.id ?? null)).toEqual([videoIds[0], null, videoIds[2], null]);
    const stranger = await listPlaylistItems({ viewer: null, playlistId, query });
    expect(stranger.items.map(({ id }) => id)).toEqual([items[0], items[2]]);
    for (const asker of [viewer, null]) {
      expect(await getPlaylist({ viewer: asker, playlistId })).toMatchObject({ videos: 2 });
    }
    // Whoever may still see it does, in the very same list.
    const seen = await listPlaylistItems({ viewer: other.account, playlistId, query });
    expect(seen.items.map(({ video }) => video?.id)).toEqual([videoIds[0], videoIds[2], foreign]);
  });

  test("is bounded", async () => {
    const { viewer, playlistId, videoIds } = await listOf(await makePerson(), 1);
    await db()
      .insert(playlistItems)
      .values(
        Array.from({ length: mostItems - 1 }, (_, index) => ({
          ...{ id: newId(), playlistId, videoId: newId(), position: 10 + index },
        })),
      );
    const [another = ""] = await publicVideos(await makePerson(), 1);
    const add = (videoId: string) => addPlaylistItem({ viewer, playlistId, videoId });
    await expect(add(another)).rejects.toMatchObject({ code: "conflict" });
    await expect(add(videoIds[0] ?? "")).resolves.toMatchObject({ playlistId });
  });

  test("comes page by page", async () => {
    const { viewer, playlistId, items } = await listOf(await makePerson(), 5);
    const found: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await listPlaylistItems({ viewer, playlistId, query: { limit: 2, cursor } });
      found.push(...page.items.map(({ id }) => id));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(found).toEqual(items);
  });
});

describe("who sees a playlist", () => {
  test("depends on its visibility; only its owner changes it", async () => {
    const [owner, other] = [await makePerson(), await makePerson({ role: "admin" })];
    const { viewer, playlistId, items } = await listOf(owner, 1);
    for (const asker of [null, other.account]) {
      await expect(getPlaylist({ viewer: asker, playlistId })).rejects.toMatchObject({ code: "not_found" });
    }
    await editPlaylist({ viewer, playlistId, patch: { visibility: "unlisted", title: "Shared" } });
    expect(await getPlaylist({ viewer: null, playlistId })).toMatchObject({ title: "Shared", editable: false });
    const query = { limit: 10 };
    expect((await listChannelPlaylists({ viewer: null, handle: owner.handle, query })).items).toEqual([]);
    await editPlaylist({ viewer, playlistId, patch: { visibility: "public" } });
    expect((await listChannelPlaylists({ viewer: null, handle: owner.handle, query })).items).toHaveLength(1);
    const asked = { viewer: other.account, playlistId };
    const itemId = items[0] ?? "";
    await expect(removePlaylist(asked)).rejects.toMatchObject({ code: "forbidden" });
    await expect(removePlaylistItem({ ...asked, itemId })).rejects.toMatchObject({ code: "forbidden" });
    await removePlaylist({ viewer, playlistId });
    await expect(getPlaylist({ viewer, playlistId })).rejects.toMatchObject({ code: "not_found" });
  });

  test("tells the owner which lists hold a video", async () => {
    const owner = await makePerson();
    const [one, two] = [await listOf(owner, 1), await listOf(owner, 1)];
    const video = one.videoIds[0] ?? "";
    const { items } = await listOwnPlaylists({ viewer: one.viewer, query: { limit: 10, video } });
    expect(items.map(({ id, itemId }) => [id, itemId])).toEqual([
      [two.playlistId, null],
      [one.playlistId, one.items[0]],
    ]);
  });
});

describe("what to watch later", () => {
  test("is one list per account, the latest on top, private and fixed", async () => {
    const person = await makePerson();
    const { account: viewer } = person;
    const [a = "", b = ""] = await publicVideos(await makePerson(), 2);
    await Promise.all([1, 2, 3].map(() => watchLater({ viewer, videoId: a })));
    await watchLater({ viewer, videoId: b });
    const page = await listWatchLater({ viewer, query });
    expect(page.items.map(({ video }) => video?.id)).toEqual([b, a]);
    const { playlistId } = page;
    const patch = { visibility: "public" as const };
    await expect(editPlaylist({ viewer, playlistId, patch })).rejects.toMatchObject({ code: "conflict" });
    await expect(removePlaylist({ viewer, playlistId })).rejects.toMatchObject({ code: "conflict" });
    expect((await listOwnPlaylists({ viewer, query })).items).toEqual([]);
    await db().update(videos).set({ visibility: "private" }).where(eq(videos.id, b));
    expect(await isWatchedLater({ viewer, videoId: b })).toEqual({ saved: true });
    await notWatchLater({ viewer, videoId: b });
    expect(await isWatchedLater({ viewer, videoId: b })).toEqual({ saved: false });
    await notWatchLater({ viewer, videoId: b });
    expect((await listWatchLater({ viewer, query })).items).toHaveLength(1);
  });
});

test("a public playlist lists nothing for others that is in no list; by its address one sees what has an address", async () => {
  const [owner, other] = [await makePerson(), await makePerson()];
  const { viewer, playlistId, videoIds } = await listOf(owner, 4, "public");
  const [unlisted = "", failed = "", hidden = "", open = ""] = videoIds;
  const set = (id: string, values: Partial<typeof videos.$inferInsert>) =>
    db().update(videos).set(values).where(eq(videos.id, id));
  await set(unlisted, { visibility: "unlisted" });
  await set(failed, { status: "failed" });
  await set(hidden, { visibility: "private" });
  const seen = async (as: Person | null) => {
    const asked = { viewer: as?.account ?? null, playlistId };
    const { items } = await listPlaylistItems({ ...asked, query });
    return { ids: items.map(({ video }) => video?.id), count: (await getPlaylist(asked)).videos };
  };
  for (const as of [null, other]) expect(await seen(as)).toEqual({ ids: [open], count: 1 });
  expect(await seen(owner)).toEqual({ ids: videoIds, count: 4 });
  await editPlaylist({ viewer, playlistId, patch: { visibility: "unlisted" } });
  for (const as of [null, other]) expect(await seen(as)).toEqual({ ids: [unlisted, failed, open], count: 3 });
});
