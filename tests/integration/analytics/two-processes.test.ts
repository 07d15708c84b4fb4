import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { WatchReport } from "#lib/analytics/dto.ts";
import { queueRollUp, rollUp } from "#lib/analytics/roll-up.ts";
import { beatOf, takeReports, type WaitingSession } from "#lib/analytics/take-reports.ts";
import type { WatchTicket } from "#lib/analytics/watch-token.ts";
import { db } from "#lib/db/client.ts";
import { staleVideoDays, videoDays, videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { reportOf, setNow } from "#tests/factories/watching.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

beforeEach(() => setNow("2026-11-20T12:10:00Z"));
afterEach(() => vi.useRealTimers());

const start = Date.parse("2026-11-20T12:00:00Z");
const source: WatchReport["source"] = { kind: "direct", host: null };

const ticketOf = (number: number): WatchTicket => ({
  ...{ sessionId: newId(), issuedAtMs: start, device: "desktop", browser: "firefox" },
  viewerKey: number.toString(16).padStart(32, "0"),
  addressKey: (number + 1000).toString(16).padStart(32, "0"),
});

/** What one process has of a session: some of its reports, one each fifteen seconds. */
const part = (videoId: string, ticket: WatchTicket, seqs: readonly number[]): WaitingSession => ({
  ...{ videoId, ticket, source },
  beats: seqs.map((seq) =>
    beatOf(reportOf({ token: "t", seq, seconds: (seq - 1) * 15 }), start + 500 + (seq - 1) * 15_000),
  ),
});

const publicVideo = () => makeVideo({ visibility: "public", status: "ready", durationMs: 600_000 });

describe("processes that write at the same time", () => {
  it("count each viewer once, whichever process got which of their reports", async () => {
    const made = [await publicVideo(), await publicVideo(), await publicVideo()];
    const people = Array.from({ length: 60 }, (_, number) => ({
      ...{ videoId: made[number % 3]?.id ?? "", ticket: ticketOf(number) },
    }));
    const batch = (seqs: readonly number[], order: typeof people) =>
      takeReports(order.map(({ videoId, ticket }) => part(videoId, ticket, seqs)));
    await Promise.all([batch([1, 3], people), batch([2, 4], people.toReversed()), batch([1, 2, 3, 4], people)]);
    await Promise.all([batch([5, 6], people.toReversed()), batch([5, 6], people)]);
    for (const { id } of made) {
      const [row] = await db().select({ views: videos.viewCount }).from(videos).where(eq(videos.id, id));
      expect(row?.views).toBe(20);
    }
    const signal = new AbortController().signal;
    await Promise.all([rollUp({ signal }), rollUp({ signal })]);
    const days = await db().select().from(videoDays);
    expect(days.map(({ views, plays, viewers }) => [views, plays, viewers])).toEqual(made.map(() => [20, 20, 20]));
    expect(await db().$count(staleVideoDays)).toBe(0);
  });
});

describe("the roll-up's queue", () => {
  const queued = async () => {
    const rows = await db().execute(sql`select id from graphile_worker.jobs where key = 'analytics-roll-up'`);
    return rows.length;
  };
  const done = () => db().execute(sql`select graphile_worker.remove_job('analytics-roll-up')`);

  it("holds a job when something was reported, at most once a minute, and once an hour to forget", async () => {
    const { id: videoId } = await publicVideo();
    const at = (seconds: number) => new Date(start + seconds * 1000);
    await queueRollUp({ now: at(0) });
    await queueRollUp({ now: at(30) });
    expect(await queued()).toBe(1);
    await done();
    await queueRollUp({ now: at(61) });
    expect(await queued()).toBe(0);
    await db().insert(staleVideoDays).values({ videoId, day: "2026-11-20", markedAt: new Date() });
    await queueRollUp({ now: at(62) });
    expect(await queued()).toBe(1);
    await done();
    await queueRollUp({ now: at(90) });
    expect(await queued()).toBe(0);
    await db().delete(staleVideoDays);
    await queueRollUp({ now: at(62 + 3600) });
    expect(await queued()).toBe(1);
  });
});
