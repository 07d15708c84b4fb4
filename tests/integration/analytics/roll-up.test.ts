import { and, eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { rollUp } from "#lib/analytics/roll-up.ts";
import { startupClassOf } from "#lib/analytics/startup-histogram.ts";
import { flushViews } from "#lib/analytics/view-meter.ts";
import { db, dedicatedClient } from "#lib/db/client.ts";
import {
  staleVideoDays,
  videoDayParts,
  videoDays,
  viewerSalts,
  viewMarks,
  watchSessions,
} from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { pass, reportOf, sendReport, setNow, tokenOf, watchFor } from "#tests/factories/watching.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

beforeEach(() => setNow("2026-11-20T12:00:00Z"));
afterEach(async () => {
  await flushViews();
  vi.useRealTimers();
});

const signal = new AbortController().signal;
const publicVideo = () => makeVideo({ visibility: "public", status: "ready", durationMs: 40_000 });
const dayOf = async (videoId: string, day = "2026-11-20") =>
  (
    await db()
      .select()
      .from(videoDays)
      .where(and(eq(videoDays.videoId, videoId), eq(videoDays.day, day)))
  )[0];
const partsOf = async (videoId: string) => {
  const rows = await db().select().from(videoDayParts).where(eq(videoDayParts.videoId, videoId));
  return rows.map(({ day, dimension, value, plays, ms }) => `${day} ${dimension} ${value} ${plays} ${ms}`).toSorted();
};

/** Plays parts of a video in real time: each range takes its length. */
const play = async (input: {
  videoId: string;
  number: number;
  ranges: [number, number][];
  startupMs: number;
  stalls?: { count: number; ms: number };
}) => {
  const { videoId, number, ranges, startupMs, stalls = { count: 0, ms: 0 } } = input;
  const token = (await tokenOf({ videoId, address: `203.0.113.${number}` })) ?? "";
  const seen: { fromMs: number; toMs: number }[] = [];
  pass(60);
  await sendReport({ videoId, body: reportOf({ token, seq: 1, seconds: 0, startupMs }) });
  for (const [index, [fromMs, toMs]] of ranges.entries()) {
    pass((toMs - fromMs) / 1000);
    seen.push({ fromMs, toMs });
    const playedMs = seen.reduce((sum, range) => sum + range.toMs - range.fromMs, 0);
    const more = { playedMs, ranges: [...seen], stalls, startupMs, renditions: [{ height: 720, ms: playedMs }] };
    await sendReport({ videoId, body: { ...reportOf({ token, seq: index + 2, seconds: 0 }), ...more } });
  }
};

/** A replayable set of people. */
const crowd = (count: number) => {
  let seed = 42;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  return Array.from({ length: count }, (_, number) => ({
    number: number + 1,
    startupMs: 1 + random(20_000),
    stalls: random(3) === 0 ? { count: 1 + random(3), ms: random(4000) } : { count: 0, ms: 0 },
    ranges: Array.from({ length: random(4) }, (): [number, number] => {
      const fromMs = random(36) * 1000;
      return [fromMs, fromMs + 1000 * (1 + random(4))];
    }),
  }));
};

describe("the sums of a day", () => {
  it("equal a count by hand of every session: retention, start-up, stalls, qualities", async () => {
    const { id: videoId } = await publicVideo();
    const people = crowd(60);
    const start = Date.now();
    for (const person of people) {
      setNow(start);
      await play({ videoId, ...person });
    }
    await flushViews();
    await rollUp({ signal });
    const playing = people.filter(({ ranges }) => ranges.length > 0);
    const lengthOf = ({ ranges }: (typeof people)[number]) => ranges.reduce((sum, [from, to]) => sum + to - from, 0);
    const watchMs = playing.reduce((sum, person) => sum + lengthOf(person), 0);
    const saw = (second: number) =>
      playing.filter(({ ranges }) => ranges.some(([from, to]) => from <= second * 1000 && second * 1000 < to)).length;
    const startup = Array.from({ length: 17 }, () => 0);
    for (const { startupMs } of people)
      startup[startupClassOf(startupMs)] = (startup[startupClassOf(startupMs)] ?? 0) + 1;
    const stalled = playing.filter(({ stalls }) => stalls.count > 0);
    expect(await dayOf(videoId)).toMatchObject({
      plays: playing.length,
      viewers: playing.length,
      views: playing.filter((person) => lengthOf(person) >= 20_000).length,
      watchMs,
      retention: Array.from({ length: 40 }, (_, second) => saw(second)),
      retentionPlays: playing.length,
      startup,
      stalls: stalled.reduce((sum, { stalls }) => sum + stalls.count, 0),
      stallMs: stalled.reduce((sum, { stalls }) => sum + stalls.ms, 0),
      stalledPlays: stalled.length,
      failedPlays: 0,
    });
    expect(await partsOf(videoId)).toContain(`2026-11-20 rendition 720 ${playing.length} ${watchMs}`);
  });

  it("are the same when made twice, and when more comes in between", async () => {
    const { id: videoId } = await publicVideo();
    const token = (await tokenOf({ videoId })) ?? "";
    await watchFor({ videoId, token, seconds: 25 });
    await flushViews();
    await rollUp({ signal });
    const [day, parts] = [await dayOf(videoId), await partsOf(videoId)];
    expect(day).toMatchObject({ views: 1, plays: 1, watchMs: 25_000 });
    await db()
      .insert(staleVideoDays)
      .values({ videoId, day: "2026-11-20", markedAt: new Date(0) });
    await Promise.all([rollUp({ signal }), rollUp({ signal })]);
    expect([await dayOf(videoId), await partsOf(videoId)]).toEqual([day, parts]);
    pass(10);
    await sendReport({ videoId, body: reportOf({ token, seq: 9, seconds: 35 }) });
    await flushViews();
    await rollUp({ signal });
    expect(await dayOf(videoId)).toMatchObject({ views: 1, plays: 1, watchMs: 35_000 });
  });

  it("belong to the day on which the player was opened, in whatever order they come", async () => {
    const { id: videoId } = await publicVideo();
    setNow("2026-11-20T23:59:50Z");
    const late = (await tokenOf({ videoId, address: "203.0.113.1" })) ?? "";
    setNow("2026-11-21T00:10:00Z");
    await watchFor({ videoId, token: (await tokenOf({ videoId, address: "203.0.113.2" })) ?? "", seconds: 25 });
    await flushViews();
    await rollUp({ signal });
    expect(await dayOf(videoId)).toBeUndefined();
    await watchFor({ videoId, token: late, seconds: 30 });
    await flushViews();
    await rollUp({ signal });
    expect(await dayOf(videoId)).toMatchObject({ views: 1, watchMs: 30_000 });
    expect(await dayOf(videoId, "2026-11-21")).toMatchObject({ views: 1, watchMs: 25_000 });
  });

  it("are not lost for a report that is written while they are made", async () => {
    const { id: videoId } = await publicVideo();
    await watchFor({ videoId, token: (await tokenOf({ videoId, address: "203.0.113.1" })) ?? "", seconds: 25 });
    await flushViews();
    const blocker = dedicatedClient({ name: "blocks-roll-up" });
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const { promise: locked, resolve: hasLocked } = Promise.withResolvers<void>();
    const blocking = blocker.begin(async (sql) => {
      await sql`lock table video_days in exclusive mode`;
      hasLocked();
      await released;
    });
    await locked;
    const rolling = rollUp({ signal });
    await watchFor({ videoId, token: (await tokenOf({ videoId, address: "203.0.113.2" })) ?? "", seconds: 25 });
    const flushing = flushViews();
    release();
    await Promise.all([blocking, rolling, flushing]);
    await blocker.end();
    await rollUp({ signal });
    expect(await dayOf(videoId)).toMatchObject({ plays: 2 });
  });

  it("of large days are made every ten minutes, those of others at once", async () => {
    const [large, small] = [await publicVideo(), await publicVideo()];
    const sums = {
      ...{ day: "2026-11-20", views: 0, viewers: 0, watchMs: 0, retention: [], retentionPlays: 0, startup: [] },
      ...{ stalls: 0, stallMs: 0, stalledPlays: 0, failedPlays: 0 },
    };
    await db()
      .insert(videoDays)
      .values([
        { ...sums, videoId: large.id, plays: 5_000 },
        { ...sums, videoId: small.id, plays: 4_999 },
      ]);
    // The database's clock judges marks.
    const marked = (minutes: number) => sql`now() - make_interval(mins => ${minutes})`;
    const rows = [large, small].map(({ id }) => ({ videoId: id, day: "2026-11-20", markedAt: marked(9) }));
    await db().insert(staleVideoDays).values(rows);
    await rollUp({ signal });
    expect([(await dayOf(large.id))?.plays, (await dayOf(small.id))?.plays]).toEqual([5_000, 0]);
    await db()
      .update(staleVideoDays)
      .set({ markedAt: marked(11) });
    await rollUp({ signal });
    expect((await dayOf(large.id))?.plays).toBe(0);
  });

  it("keep a hundred hosts apart and tell the others as one", async () => {
    const { id: videoId } = await publicVideo();
    const start = Date.now();
    for (let number = 0; number < 103; number += 1) {
      setNow(start);
      const token = (await tokenOf({ videoId, address: `198.51.100.${number}` })) ?? "";
      const source = { kind: "external" as const, host: `site-${number}.example` };
      await watchFor({ videoId, token, seconds: 5, more: { source } });
    }
    await flushViews();
    await rollUp({ signal });
    const sources = (await partsOf(videoId)).filter((part) => part.includes(" source "));
    expect(sources).toHaveLength(101);
    expect(sources).toContain("2026-11-20 source external 3 15000");
  });
});

describe("raw facts", () => {
  it("go when their day is over and summed up, the salt with the day, and the sums stay", async () => {
    const { id: videoId } = await publicVideo();
    await watchFor({ videoId, token: (await tokenOf({ videoId })) ?? "", seconds: 25 });
    await flushViews();
    await rollUp({ signal });
    const day = await dayOf(videoId);
    await rollUp({ signal, now: new Date("2026-11-22T23:00:00Z") });
    expect(await db().$count(watchSessions, eq(watchSessions.videoId, videoId))).toBe(1);
    expect(await db().$count(viewerSalts)).toBe(0);
    await rollUp({ signal, now: new Date("2026-11-23T00:00:00Z") });
    expect(await db().$count(watchSessions, eq(watchSessions.videoId, videoId))).toBe(0);
    expect(await db().$count(viewMarks, eq(viewMarks.videoId, videoId))).toBe(0);
    expect(await dayOf(videoId)).toEqual(day);
  });

  it("stay while their day is not summed up", async () => {
    const { id: videoId } = await publicVideo();
    await db()
      .insert(watchSessions)
      .values({
        ...{ id: newId(), videoId, day: "2026-11-01", viewerKey: Buffer.alloc(16), issuedAt: new Date() },
        ...{ reportedAt: new Date(), seq: 1, beats: 2, playedMs: 1000, watched: [0], bucketCount: 40 },
        ...{ source: "direct", device: "desktop", browser: "other", stalls: 0, stallMs: 0 },
        ...{ renditions: {}, errors: {}, counted: false },
      });
    const held = new Date("2100-01-01T00:00:00Z");
    await db().insert(staleVideoDays).values({ videoId, day: "2026-11-01", markedAt: held });
    await rollUp({ signal });
    expect(await db().$count(watchSessions, eq(watchSessions.videoId, videoId))).toBe(1);
    await db()
      .update(staleVideoDays)
      .set({ markedAt: new Date(0) });
    await rollUp({ signal });
    expect(await db().$count(watchSessions, eq(watchSessions.videoId, videoId))).toBe(0);
    expect(await dayOf(videoId, "2026-11-01")).toMatchObject({ plays: 1, watchMs: 1000 });
  });
});
