import { sql } from "drizzle-orm";
import { describe, expect, it, onTestFinished } from "vitest";
import { db, transaction } from "#lib/db/client.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import { subscribeVideoEvents, type VideoEvent } from "#lib/notifications/subscribe-video-events.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

testDatabase();

const listen = async (filter: (event: VideoEvent) => boolean = () => true) => {
  const controller = new AbortController();
  onTestFinished(() => controller.abort());
  const events: VideoEvent[] = [];
  let resyncs = 0;
  subscribeVideoEvents({
    filter,
    onEvent: (event) => events.push(event),
    onResync: () => {
      resyncs += 1;
    },
    signal: controller.signal,
  });
  await waitFor({ what: "listening to begin", until: () => resyncs > 0 });
  return { events, resyncs: () => resyncs, controller };
};

const arrived = (events: VideoEvent[], count: number) =>
  waitFor({ what: `${count} events`, until: () => events.length >= count });

const sessions = async () => {
  const rows = await db().execute(sql`select pid from pg_stat_activity
    where application_name like 'kinora-listen-%' and datname = current_database() and query like 'listen%'`);
  return rows.length;
};

describe("video events", () => {
  it("arrive when the transaction commits, with ids only, and never when it fails", async () => {
    const video = await makeVideo();
    const { events } = await listen();
    const failing = transaction(async (tx) => {
      await publishVideoEvent(tx, { videoId: video.id, event: "failed" });
      throw new Error("changed its mind");
    });
    await expect(failing).rejects.toThrow();
    await transaction((tx) => publishVideoEvent(tx, { videoId: video.id, event: "ready" }));
    await arrived(events, 1);
    expect(events).toEqual([
      { videoId: video.id, event: "ready", creatorId: video.creatorId, channelId: video.channelId },
    ]);
  });

  it("reach those whose filter takes them, over one connection for all, until they leave", async () => {
    const [mine, other] = [await makeVideo(), await makeVideo()];
    const one = await listen((event) => event.videoId === mine.id);
    const all = await listen();
    expect(await sessions()).toBe(1);
    await publishVideoEvent(db(), { videoId: other.id, event: "progress" });
    await publishVideoEvent(db(), { videoId: mine.id, event: "progress" });
    await arrived(all.events, 2);
    expect(one.events.map((event) => event.videoId)).toEqual([mine.id]);
    one.controller.abort();
    await publishVideoEvent(db(), { videoId: mine.id, event: "ready" });
    await arrived(all.events, 3);
    expect(one.events).toHaveLength(1);
  });

  it("come again after the connection was cut, and subscribers are told to read everything anew", async () => {
    const video = await makeVideo();
    const { events, resyncs } = await listen();
    const before = resyncs();
    await db().execute(sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name like 'kinora-listen-%' and datname = current_database()`);
    await waitFor({ what: "a resync", until: () => resyncs() > before, timeoutMs: 20_000 });
    await publishVideoEvent(db(), { videoId: video.id, event: "ready" });
    await arrived(events, 1);
  });
});
