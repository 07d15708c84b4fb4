import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { db, transaction } from "#lib/db/client.ts";
import {
  findFindableVideos,
  findVideoPage,
  findVideos,
  findVideoWithParts,
} from "#lib/db/queries/videos/video-lists.ts";
import { findVideo } from "#lib/db/queries/videos/videos.ts";
import { channelMembers, channels, videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { makePerson } from "#tests/factories/people.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

/** A public video that has a value in every column that may have none, and one that has as few as may be. */
const makeBoth = async () => {
  const { account, channelId } = await makePerson();
  const base = { creatorId: account.id, channelId, visibility: "public" as const, status: "ready" as const };
  const full = await makeVideo({
    ...base,
    ...{ title: 'Quotes " and \\ and \n lines, emoji 🎬', tags: ["a, b", '"c"'], category: "music", language: "uk" },
    ...{ failureCode: "source_damaged", currentRunId: newId(), originalKey: "originals/x", sourceSizeBytes: 2 ** 45 },
    ...{ durationMs: 61_000, width: 1920, height: 1080, frameRate: "30000/1001", posterKey: "runs/p.jpg" },
    ...{ posterWidths: [320, 640], posterChoice: { kind: "frame", atMs: 5 }, wishes: { loudness: true } },
    ...{ dominantColor: "#102030", publishedAt: new Date("2026-01-02T03:04:05.678Z"), viewCount: 2 ** 40 },
    ...{ trendScore: 0.1 + 0.2, createdAt: new Date("2025-12-31T23:59:59.999Z") },
  });
  const bare = await makeVideo({ ...base, publishedAt: new Date("2026-01-01T00:00:00.000Z") });
  return { full: full.id, bare: bare.id, channelId };
};

/** The row as drizzle reads the tables, column by column. */
const rowOf = async (videoId: string) => {
  const [row] = await db()
    .select({ video: videos, channel: channels })
    .from(videos)
    .innerJoin(channels, eq(channels.id, videos.channelId))
    .where(eq(videos.id, videoId));
  if (row === undefined) throw new Error("there is a row of every video that was made");
  const { channel } = row;
  const members = await db().select().from(channelMembers).where(eq(channelMembers.channelId, channel.id));
  const memberIds = members.map(({ userId }) => userId);
  const ofChannel = { channelHandle: channel.handle, channelName: channel.name, ownerId: channel.ownerId };
  return { ...row.video, ...ofChannel, memberIds };
};

test("a row of a list is the very row of its video, whatever stands in its columns", async () => {
  const { full, bare, channelId } = await makeBoth();
  const rows = [await rowOf(full), await rowOf(bare)];
  expect(rows[0]?.memberIds).toHaveLength(1);
  expect(await findVideo(db(), { videoId: full })).toEqual(rows[0]);
  expect(await transaction((tx) => findVideo(tx, { videoId: bare, lock: true }))).toEqual(rows[1]);
  expect((await findVideos(db(), [full, newId(), bare])).rows).toEqual(rows);
  expect((await findVideos(db(), [bare, full])).rows).toEqual(rows.toReversed());
  expect((await findFindableVideos(db(), [full, bare])).rows).toEqual(rows);
  expect((await findVideoWithParts(db(), full)).rows).toEqual(rows.slice(0, 1));
  expect((await findVideoWithParts(db(), newId())).rows).toEqual([]);
  const gone = await makeVideo({ channelId, takenDownAt: new Date(), takedownReason: "no", deletedAt: new Date() });
  expect(await findVideo(db(), { videoId: gone.id })).toEqual(await rowOf(gone.id));
  const page = await findVideoPage(db(), { channel: channelId, publicOnly: true, sort: "newest", limit: 5 });
  expect(page.rows).toEqual(rows);
});

test("a page holds as many as were asked for, whatever numbers its statement knows", async () => {
  const { account, channelId } = await makePerson();
  const base = { creatorId: account.id, channelId, visibility: "public" as const, status: "ready" as const };
  const times = Array.from({ length: 30 }, (_, at) => new Date(Date.UTC(2026, 0, 1, 0, at)));
  for (const publishedAt of times) await makeVideo({ ...base, publishedAt });
  for (const limit of [1, 25, 26, 27, 30, 102]) {
    const { rows } = await findVideoPage(db(), { channel: channelId, publicOnly: true, sort: "newest", limit });
    expect(rows.map((row) => row.publishedAt)).toEqual(times.toReversed().slice(0, limit));
  }
});

test("no ids are no videos, and nothing beside them", async () => {
  const { rows, parts } = await findVideos(db(), []);
  expect(rows).toEqual([]);
  expect(Object.values(parts).flat()).toEqual([]);
});
