import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { videos } from "#lib/db/schema/index.ts";
import {
  forgetHistory,
  keepWatchProgress,
  listHistory,
  pauseHistory,
  readWatchProgress,
} from "#lib/library/history.ts";
import { makePerson } from "#tests/factories/people.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

const watched = async (count = 1) => {
  const [owner, person] = [await makePerson(), await makePerson()];
  const videoIds: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const values = { visibility: "public", status: "ready", publishedAt: new Date(), durationMs: 600_000 } as const;
    videoIds.push((await makeVideo({ creatorId: owner.account.id, channelId: owner.channelId, ...values })).id);
  }
  const { account: viewer } = person;
  const watch = (videoId: string, positionMs: number, agoMs = 0) =>
    keepWatchProgress({ viewer, videoId, change: { positionMs, agoMs } });
  const history = async () => (await listHistory({ viewer, query: { limit: 20 } })).items.map((item) => item.videoId);
  return { viewer, videoIds, videoId: videoIds[0] ?? "", watch, history };
};

describe("where one stopped", () => {
  test("is known on another device, and what a device tells late changes nothing that is newer", async () => {
    const { viewer, videoId, watch } = await watched();
    expect(await readWatchProgress({ viewer, videoId })).toEqual({ positionMs: null, watchedAt: null });
    await watch(videoId, 120_000, 60_000);
    expect((await readWatchProgress({ viewer, videoId })).positionMs).toBe(120_000);
    await watch(videoId, 300_000);
    await watch(videoId, 60_000, 30_000);
    expect((await readWatchProgress({ viewer, videoId })).positionMs).toBe(300_000);
    await watch(videoId, 599_000);
    expect(await readWatchProgress({ viewer, videoId })).toMatchObject({
      positionMs: null,
      watchedAt: expect.any(String),
    });
  });

  test("is the newest of what two devices tell at once", async () => {
    const { viewer, videoId, watch } = await watched();
    await Promise.all(Array.from({ length: 10 }, (_, n) => watch(videoId, (10 - n) * 10_000, n * 60_000)));
    expect((await readWatchProgress({ viewer, videoId })).positionMs).toBe(100_000);
  });

  test("is kept of nobody without an account, and of no video that one may not see", async () => {
    const { viewer, videoId } = await watched();
    const change = { positionMs: 10_000, agoMs: 0 };
    await expect(keepWatchProgress({ viewer: null, videoId, change })).rejects.toMatchObject({
      code: "unauthenticated",
    });
    await db().update(videos).set({ visibility: "private" }).where(eq(videos.id, videoId));
    await expect(keepWatchProgress({ viewer, videoId, change })).rejects.toMatchObject({ code: "not_found" });
    await expect(readWatchProgress({ viewer, videoId })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("the history", () => {
  test("has the latest first, page by page, each video once", async () => {
    const { viewer, videoIds, watch } = await watched(3);
    for (const [index, videoId] of videoIds.entries()) await watch(videoId, 10_000, 60_000 - index * 1000);
    await watch(videoIds[0] ?? "", 20_000);
    const first = await listHistory({ viewer, query: { limit: 2 } });
    const rest = await listHistory({ viewer, query: { limit: 2, cursor: first.nextCursor ?? "" } });
    const ids = [...first.items, ...rest.items].map(({ videoId }) => videoId);
    expect(ids).toEqual([videoIds[0], videoIds[2], videoIds[1]]);
    expect(rest).toMatchObject({ nextCursor: null, pausedAt: null });
  });

  test("keeps what is no longer available without its video, and lets it be taken out", async () => {
    const { viewer, videoId, watch, history } = await watched();
    await watch(videoId, 10_000);
    for (const changes of [
      { visibility: "private" as const },
      { takenDownAt: new Date() },
      { deletedAt: new Date() },
    ]) {
      await db()
        .update(videos)
        .set({ visibility: "public", takenDownAt: null, deletedAt: null, ...changes });
      const { items } = await listHistory({ viewer, query: { limit: 5 } });
      expect(items).toMatchObject([{ videoId, video: null }]);
    }
    await forgetHistory({ viewer, videoId });
    await forgetHistory({ viewer, videoId });
    expect(await history()).toEqual([]);
  });

  test("takes nothing in while it is paused, and can be cleared", async () => {
    const { viewer, videoIds, watch, history } = await watched(2);
    const [a = "", b = ""] = videoIds;
    await watch(a, 50_000);
    const { pausedAt } = await pauseHistory({ viewer, paused: true });
    expect(await pauseHistory({ viewer, paused: true })).toEqual({ pausedAt });
    await watch(a, 90_000);
    await watch(b, 90_000);
    expect(await history()).toEqual([a]);
    expect((await readWatchProgress({ viewer, videoId: a })).positionMs).toBe(50_000);
    expect(await pauseHistory({ viewer, paused: false })).toEqual({ pausedAt: null });
    await watch(b, 90_000);
    expect(await history()).toEqual([b, a]);
    await forgetHistory({ viewer, videoId: null });
    expect(await history()).toEqual([]);
    expect((await readWatchProgress({ viewer, videoId: a })).positionMs).toBeNull();
  });
});
