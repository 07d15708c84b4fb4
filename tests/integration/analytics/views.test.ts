import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { flushViews, loseViews, noteReport } from "#lib/analytics/view-meter.ts";
import type { WatchTicket } from "#lib/analytics/watch-token.ts";
import { closeDb, db } from "#lib/db/client.ts";
import { insertMember } from "#lib/db/queries/channels/channel-members.ts";
import { videos } from "#lib/db/schema/index.ts";
import { overrideEnv } from "#lib/env.ts";
import { newId } from "#lib/ids.ts";
import { makePlaybackToken } from "#lib/playback/playback-tokens.ts";
import { makePerson } from "#tests/factories/people.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import {
  openSession,
  pass,
  reportOf,
  sendReport,
  sessionsOf,
  setNow,
  tokenOf,
  viewsOf,
  watchFor,
} from "#tests/factories/watching.ts";
import { testDatabase } from "#tests/setup/database.ts";

const database = testDatabase();

beforeEach(() => setNow("2026-11-20T12:00:00Z"));
afterEach(async () => {
  await flushViews();
  vi.useRealTimers();
});

const publicVideo = () => makeVideo({ visibility: "public", status: "ready", durationMs: 600_000 });
const stranger = async (videoId: string, number = 1) =>
  (await tokenOf({ videoId, address: `198.51.100.${number}` })) ?? "";

const ticket = (): WatchTicket => ({
  ...{ sessionId: newId(), issuedAtMs: Date.now(), viewerKey: "0".repeat(32), addressKey: null },
  ...{ device: "desktop", browser: "other" },
});

describe("honest viewers", () => {
  it("count: fifty of them are fifty views, with what they watched", async () => {
    const { id: videoId } = await publicVideo();
    const people = await Promise.all([1, 2, 3].map(() => makePerson({ role: "viewer" })));
    const tokens = await Promise.all([
      ...people.map(async (as) => (await tokenOf({ videoId, as })) ?? ""),
      ...Array.from({ length: 47 }, (_, number) => stranger(videoId, number + 1)),
    ]);
    const start = Date.now();
    for (const token of tokens) {
      setNow(start);
      await watchFor({ videoId, token, seconds: 45 });
    }
    expect(await viewsOf(videoId)).toBe(50);
    const rows = await sessionsOf(videoId);
    expect(rows.every(({ counted, playedMs, beats }) => counted && playedMs === 45_000 && beats === 4)).toBe(true);
    expect(rows[0]).toMatchObject({
      device: "desktop",
      browser: "firefox",
      source: "direct",
      watched: [0, 1, 2, 3, 4, 5, 6, 7],
    });
  });

  it("count once on a day, however often they come, and again on the next", async () => {
    const { id: videoId } = await publicVideo();
    for (const _visit of [1, 2, 3]) await watchFor({ videoId, token: await stranger(videoId), seconds: 31 });
    expect(await viewsOf(videoId)).toBe(1);
    expect(await sessionsOf(videoId)).toHaveLength(3);
    setNow("2026-11-21T00:00:01Z");
    await watchFor({ videoId, token: await stranger(videoId), seconds: 31 });
    expect(await viewsOf(videoId)).toBe(2);
  });

  it("count when half of a short video was played, not before", async () => {
    const { id: videoId } = await makeVideo({ visibility: "unlisted", status: "ready", durationMs: 8_000 });
    await watchFor({ videoId, token: await stranger(videoId, 1), seconds: 3 });
    expect(await viewsOf(videoId)).toBe(0);
    await watchFor({ videoId, token: await stranger(videoId, 2), seconds: 5 });
    expect(await viewsOf(videoId)).toBe(1);
  });

  it("count when they came by a playback token of a private video", async () => {
    const owner = await makePerson();
    const { id: videoId } = await makeVideo({
      ...{ creatorId: owner.account.id, channelId: owner.channelId, status: "ready", durationMs: 600_000 },
    });
    // The database's clock judges it, which is not this test's.
    const token = { note: "", sites: [], expiresAt: new Date(Date.now() + 300 * 86_400_000).toISOString() };
    const made = await makePlaybackToken({ viewer: owner.account, videoId, token });
    expect((await openSession({ videoId, playbackToken: `${made.token.slice(0, -1)}!` })).status).toBe(403);
    const opened = (await tokenOf({ videoId, playbackToken: made.token })) ?? "";
    await watchFor({ videoId, token: opened, seconds: 31 });
    expect(await viewsOf(videoId)).toBe(1);
  });

  it("raise the video's trend score", async () => {
    const [one, other] = [await publicVideo(), await publicVideo()];
    for (const number of [1, 2])
      await watchFor({ videoId: one.id, token: await stranger(one.id, number), seconds: 31 });
    await flushViews();
    setNow("2026-11-26T12:00:31Z");
    await watchFor({ videoId: other.id, token: await stranger(other.id, 3), seconds: 31 });
    await flushViews();
    const score = async (id: string) =>
      (await db().select({ score: videos.trendScore }).from(videos).where(eq(videos.id, id)))[0]?.score ?? 0;
    // Six days are three half-lives: two views of then weigh a quarter of one of now.
    expect((await score(other.id)) - (await score(one.id))).toBeCloseTo(2, 2);
  });
});

describe("what is not honest", () => {
  it("counts nothing: a thousand reports that are forged, replayed, too fast or of another video", async () => {
    const [{ id: videoId }, { id: otherId }] = [await publicVideo(), await publicVideo()];
    const token = await stranger(videoId);
    const answers: number[] = [];
    const send = async (body: unknown) => answers.push((await sendReport({ videoId, body })).status);
    await send(reportOf({ token, seq: 1, seconds: 0 }));
    for (let round = 0; round < 250; round += 1) {
      // In 25 seconds nobody has played for ten minutes.
      await send(reportOf({ token, seq: 2 + round, seconds: 600 }));
      await send(reportOf({ token, seq: 1, seconds: 60 }));
      await send(reportOf({ token: `${token.slice(0, -2)}${round % 10}A`, seq: round + 1, seconds: 60 }));
      await send(reportOf({ token: await stranger(otherId), seq: round + 1, seconds: 60 }));
      pass(0.05);
    }
    expect(await viewsOf(videoId)).toBe(0);
    expect(await viewsOf(otherId)).toBe(0);
    const [row, ...others] = await sessionsOf(videoId);
    expect(others).toEqual([]);
    expect(row?.playedMs).toBeLessThanOrEqual(2 * 12_500);
    expect([
      answers.filter((status) => status === 204).length,
      answers.filter((status) => status === 403).length,
    ]).toEqual([501, 500]);
  });

  it("changes nothing when the very same reports come again, also after they were written", async () => {
    const { id: videoId } = await publicVideo();
    const token = await stranger(videoId);
    await watchFor({ videoId, token, seconds: 60 });
    expect(await viewsOf(videoId)).toBe(1);
    const before = await sessionsOf(videoId);
    await watchFor({ videoId, token, seconds: 60 });
    expect(await viewsOf(videoId)).toBe(1);
    expect(await sessionsOf(videoId)).toEqual(before);
  });

  it("does not make many viewers of one address by changing the browser's name", async () => {
    const { id: videoId } = await publicVideo();
    const start = Date.now();
    for (let number = 0; number < 40; number += 1) {
      setNow(start);
      const userAgent = `Mozilla/5.0 (X11; Linux x86_64; rv:${number}.0) Gecko/20100101 Firefox/${number}.0`;
      await watchFor({ videoId, token: (await tokenOf({ videoId, userAgent })) ?? "", seconds: 31 });
    }
    expect(await viewsOf(videoId)).toBe(24);
  });

  it("has no token: programs, those who work on the video, and what nobody may see", async () => {
    const owner = await makePerson();
    const editor = await makePerson();
    await insertMember(db(), { channelId: owner.channelId, userId: editor.account.id, role: "editor" });
    const admin = await makePerson({ role: "admin" });
    const mine = { creatorId: owner.account.id, channelId: owner.channelId, status: "ready" as const };
    const { id: videoId } = await makeVideo({ ...mine, visibility: "public" });
    expect(await tokenOf({ videoId, userAgent: "Googlebot/2.1 (+http://www.google.com/bot.html)" })).toBeNull();
    for (const as of [owner, editor, admin]) expect(await tokenOf({ videoId, as })).toBeNull();
    const hidden = [
      await makeVideo({ ...mine, visibility: "private" }),
      await makeVideo({ ...mine, visibility: "public", takenDownAt: new Date() }),
      await makeVideo({ ...mine, visibility: "public", deletedAt: new Date() }),
    ];
    for (const { id } of hidden) expect((await openSession({ videoId: id })).status).toBe(404);
  });

  it("is left out when the video was taken down or deleted meanwhile", async () => {
    for (const gone of [{ takenDownAt: new Date() }, { deletedAt: new Date() }]) {
      const { id: videoId } = await publicVideo();
      await watchFor({ videoId, token: await stranger(videoId), seconds: 60 });
      await db().update(videos).set(gone).where(eq(videos.id, videoId));
      expect(await viewsOf(videoId)).toBe(0);
      expect(await sessionsOf(videoId)).toEqual([]);
    }
  });

  it("is slowed down, apart from what the same address reads", async () => {
    const { id: videoId } = await publicVideo();
    const token = await stranger(videoId);
    overrideEnv({ RATE_LIMITS: "on", RATE_LIMIT_ANONYMOUS_READ: "3/10" });
    const answers: number[] = [];
    for (let seq = 1; seq <= 5; seq += 1) {
      answers.push((await sendReport({ videoId, body: reportOf({ token, seq, seconds: 0 }) })).status);
    }
    expect(answers).toEqual([204, 204, 204, 429, 429]);
    expect((await openSession({ videoId })).status).toBe(200);
    overrideEnv({ RATE_LIMITS: "off", RATE_LIMIT_ANONYMOUS_READ: undefined });
  });

  it.each([
    ["no number", { seq: 0 }],
    ["negative times", { playedMs: -1 }],
    ["too many ranges", { ranges: Array.from({ length: 201 }, () => ({ fromMs: 0, toMs: 1 })) }],
    ["a host that is none", { source: { kind: "external", host: "<script>" } }],
    ["an unknown fault", { errors: [{ code: "boom", count: 1 }] }],
    ["another field", { viewer: "me" }],
  ])("is refused with %s", async (_what, wrong) => {
    const { id: videoId } = await publicVideo();
    const body = { ...reportOf({ token: await stranger(videoId), seq: 1, seconds: 0 }), ...wrong };
    const response = await sendReport({ videoId, body });
    expect([response.status, await response.json()]).toMatchObject([400, { error: { code: "invalid_input" } }]);
  });

  it("has run out after a day", async () => {
    const { id: videoId } = await publicVideo();
    const token = await stranger(videoId);
    pass(24 * 3600 + 1);
    expect((await sendReport({ videoId, body: reportOf({ token, seq: 1, seconds: 0 }) })).status).toBe(403);
  });
});

describe("the meter", () => {
  it("keeps what it could not write, and writes it once", async () => {
    const { id: videoId } = await publicVideo();
    await watchFor({ videoId, token: await stranger(videoId), seconds: 45 });
    await closeDb();
    overrideEnv({ DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" });
    await flushViews();
    await closeDb();
    overrideEnv({ DATABASE_URL: database.url });
    expect([await viewsOf(videoId), await viewsOf(videoId)]).toEqual([1, 1]);
  });

  it("loses in a crash only what the next report of the player tells anyway", async () => {
    const { id: videoId } = await publicVideo();
    const token = await stranger(videoId);
    await watchFor({ videoId, token, seconds: 45 });
    loseViews();
    expect(await viewsOf(videoId)).toBe(0);
    pass(15);
    await sendReport({ videoId, body: reportOf({ token, seq: 8, seconds: 60 }) });
    await flushViews();
    pass(15);
    await sendReport({ videoId, body: reportOf({ token, seq: 9, seconds: 75 }) });
    expect(await viewsOf(videoId)).toBe(1);
    expect(await sessionsOf(videoId)).toMatchObject([{ playedMs: 35_000, seq: 9 }]);
  });

  it("holds no more than it has room for, and goes on when it has written", async () => {
    const { id: videoId } = await publicVideo();
    const ranges = Array.from({ length: 200 }, (_, index) => ({ fromMs: index * 10, toMs: index * 10 + 1 }));
    const report = { ...reportOf({ token: "t", seq: 1, seconds: 0 }), ranges };
    const note = () => noteReport({ videoId, ticket: ticket(), report, now: new Date() });
    for (let number = 0; number < Math.floor(500_000 / 201); number += 1) note();
    expect(note).toThrow(expect.objectContaining({ code: "unavailable" }));
    await flushViews();
    expect(note).not.toThrow();
  });

  it("drops what cannot be written at all, and nothing else", async () => {
    const { id: videoId } = await publicVideo();
    await watchFor({ videoId, token: await stranger(videoId), seconds: 45 });
    const report = { ...reportOf({ token: "t", seq: 1, seconds: 0 }), startupMs: 2 ** 40 };
    noteReport({ videoId, ticket: { ...ticket(), issuedAtMs: 1 }, report, now: new Date() });
    noteReport({ videoId, ticket: { ...ticket(), sessionId: "no id" }, report, now: new Date() });
    expect(await viewsOf(videoId)).toBe(1);
    expect(await sessionsOf(videoId)).toHaveLength(1);
  });

  it("takes a video out of a batch that is gone for good", async () => {
    const [kept, purged] = [await publicVideo(), await publicVideo()];
    for (const { id } of [kept, purged]) await watchFor({ videoId: id, token: await stranger(id), seconds: 45 });
    await db().delete(videos).where(eq(videos.id, purged.id));
    expect(await viewsOf(kept.id)).toBe(1);
  });
});
