import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { issueAccessToken } from "#lib/accounts/access-token.ts";
import type { VideoAnalyticsDto } from "#lib/analytics/dto.ts";
import { rollUp } from "#lib/analytics/roll-up.ts";
import { flushViews } from "#lib/analytics/view-meter.ts";
import { peerHeader } from "#lib/web/request-address.ts";
import { makeBearer } from "#tests/factories/bearer.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { reportsOf, type SentReport } from "#tests/factories/session-reports.ts";
import { type WatchedSession, watchedSessions } from "#tests/factories/watched-sessions.ts";
import { setNow } from "#tests/factories/watching.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { serveRoutes } from "#tests/setup/serve-routes.ts";
import * as analyticsRoute from "../../../app/api/v1/videos/[videoId]/analytics/route.ts";
import * as videoRoute from "../../../app/api/v1/videos/[videoId]/route.ts";
import * as viewsRoute from "../../../app/api/v1/videos/[videoId]/views/route.ts";
import * as sessionRoute from "../../../app/api/v1/videos/[videoId]/watch-session/route.ts";

testDatabase();

const day = "2026-11-20";
const videoSeconds = 90;
/** Some thousands of requests, one after the other. */
const replayMs = 180_000;
let site: Awaited<ReturnType<typeof serveRoutes>>;

beforeAll(async () => {
  const video = "^/api/v1/videos/(?<videoId>[^/]+)";
  site = await serveRoutes([
    { path: new RegExp(`${video}/watch-session$`), module: sessionRoute },
    { path: new RegExp(`${video}/views$`), module: viewsRoute },
    { path: new RegExp(`${video}/analytics$`), module: analyticsRoute },
    { path: new RegExp(`${video}$`), module: videoRoute },
  ]);
});
afterEach(() => vi.useRealTimers());
afterAll(() => site.stop());

type Player = WatchedSession & { token: string | null };
type Event = { atMs: number; run: () => Promise<void> };

/**
 * How the net brings reports: each in its time; some twice, at once or much later, some not before the next one has come, some
 * never. The first comes in its time and the last one comes: what only these say is not said again.
 */
const onTheWay = (reports: readonly SentReport[], number: number): SentReport[] =>
  reports.flatMap((sent, at) => {
    const isEdge = at === 0 || at === reports.length - 1;
    const later = (reports[at + 1]?.atMs ?? sent.atMs) + 700;
    const fate = (number * 7 + at * 3) % 10;
    if (fate === 0) return [sent, sent];
    if (fate === 1) return [sent, { ...sent, atMs: later }];
    if (isEdge) return [sent];
    if (fate === 2) return [{ ...sent, atMs: later }];
    return fate === 3 ? [] : [sent];
  });

const get = async (path: string, headers: Record<string, string>) => {
  const response = await fetch(site.url + path, { headers });
  expect(response.status, path).toBe(200);
  return response.json();
};

/** Plays all sessions at once, as they overlapped, on the clock of this process; gives them with their tokens. */
const replay = async (videoId: string, sessions: readonly WatchedSession[]): Promise<Player[]> => {
  const players: Player[] = sessions.map((session) => ({ ...session, token: null }));
  const send = async (player: Player, { report }: SentReport) => {
    if (player.token === null) return;
    const response = await fetch(`${site.url}/api/v1/videos/${videoId}/views`, {
      method: "POST",
      headers: { "content-type": "application/json", [peerHeader]: player.address },
      body: JSON.stringify({ ...report, token: player.token }),
    });
    expect(response.status, await response.text()).toBe(204);
  };
  const events = players.flatMap((player, number): Event[] => [
    {
      atMs: player.openedAtMs,
      run: async () => {
        const headers = { "user-agent": player.userAgent, [peerHeader]: player.address };
        player.token = (await get(`/api/v1/videos/${videoId}/watch-session`, headers)).token;
      },
    },
    ...onTheWay(reportsOf(player, videoSeconds), number).map((sent) => ({
      atMs: sent.atMs,
      run: () => send(player, sent),
    })),
  ]);
  for (const [at, { atMs, run }] of events.sort((one, other) => one.atMs - other.atMs).entries()) {
    setNow(atMs);
    await run();
    // Now and then, as the ten seconds of a process come round.
    if (at % 97 === 0) await flushViews();
  }
  return players;
};

/** What a session did, added up second by second; nothing here knows how the site does it. */
const factsOf = ({ acts }: WatchedSession) => {
  const seen = new Set<number>();
  const byHeight = new Map<number, number>();
  const sums = { playedMs: 0, stalls: 0, stallMs: 0 };
  let second = 0;
  for (const act of acts) {
    if (act.kind === "seek") second = act.to;
    if (act.kind === "stall") Object.assign(sums, { stalls: sums.stalls + 1, stallMs: sums.stallMs + act.ms });
    if (act.kind !== "play") continue;
    for (let left = act.seconds; left > 0 && second < videoSeconds; left -= 1, second += 1) {
      seen.add(second);
      sums.playedMs += 1000;
      byHeight.set(act.height, (byHeight.get(act.height) ?? 0) + 1000);
    }
  }
  return { ...sums, seen, byHeight };
};

const bounds = [0, 100, 200, 300, 400, 500, 700, 1000, 1400, 2000, 2800, 4000];

/** Share of start-up times, straight between the ends of the class in which it falls (docs/analytics.md: near, not exact). */
const percentile = (times: readonly number[], share: number): number => {
  const wanted = times.length * share;
  for (const [at, to] of bounds.entries()) {
    const from = bounds[at - 1] ?? 0;
    const [below, upTo] = [from, to].map((bound) => times.filter((time) => time <= bound).length);
    if (at > 0 && below !== undefined && upTo !== undefined && upTo > below && upTo >= wanted) {
      return Math.round(from + ((wanted - below) / (upTo - below)) * (to - from));
    }
  }
  throw new Error("A start-up beyond the last class.");
};

type Fact = Player & ReturnType<typeof factsOf>;
const sumOf = (facts: readonly Fact[], of: (fact: Fact) => number) => facts.reduce((sum, fact) => sum + of(fact), 0);

/** Plays and watch time by what divides them, in the order of the names. */
const dividedBy = (plays: readonly Fact[], of: (fact: Fact) => Record<string, unknown>) =>
  [...Map.groupBy(plays, (fact) => JSON.stringify(of(fact)))]
    .map(([key, group]) => ({
      ...JSON.parse(key),
      plays: group.length,
      watchMs: sumOf(group, (fact) => fact.playedMs),
    }))
    .toSorted(inOrder);
const inOrder = (one: object, other: object) => JSON.stringify(one).localeCompare(JSON.stringify(other));

const qualityOf = (facts: readonly Fact[], watchMs: number): Omit<VideoAnalyticsDto["quality"], "errors"> => {
  const startups = facts.flatMap(({ startupMs }) => startupMs ?? []);
  const stallMs = sumOf(facts, (fact) => fact.stallMs);
  return {
    startup: {
      plays: startups.length,
      ...{ p50Ms: percentile(startups, 0.5), p90Ms: percentile(startups, 0.9), p99Ms: percentile(startups, 0.99) },
    },
    stalls: {
      ...{ count: sumOf(facts, ({ stalls }) => stalls), ms: stallMs, ratio: stallMs / (stallMs + watchMs) },
      plays: facts.filter(({ stalls }) => stalls > 0).length,
    },
    failedPlays: facts.filter(({ playedMs, error }) => playedMs === 0 && error !== null).length,
    renditions: [1080, 720, 360].map((height) => ({
      height,
      ms: sumOf(facts, (fact) => fact.byHeight.get(height) ?? 0),
    })),
  };
};

it(
  "240 overlapping sessions, brought by an unreliable net, are told exactly as they were",
  async () => {
    setNow(`${day}T08:00:00Z`);
    const owner = await makeBearer();
    const { id: videoId } = await makeVideo({
      ...{ creatorId: owner.user.id, channelId: owner.channel.id, status: "ready", visibility: "public" },
      ...{ durationMs: videoSeconds * 1000, publishedAt: new Date() },
    });
    const sessions = watchedSessions({ count: 240, seed: 5, startMs: Date.now(), videoSeconds });
    const own = await get(`/api/v1/videos/${videoId}/watch-session`, {
      ...owner.headers,
      "user-agent": sessions[0]?.userAgent ?? "",
    });
    expect(own).toEqual({ token: null });
    const players = await replay(videoId, sessions);
    setNow(`${day}T20:00:00Z`);
    await flushViews();
    await rollUp({ signal: AbortSignal.timeout(30_000) });

    expect(players.filter(({ token }) => token === null)).toEqual(players.filter(({ isProgram }) => isProgram));
    const facts: Fact[] = players
      .filter(({ isProgram }) => !isProgram)
      .map((player) => ({ ...player, ...factsOf(player) }));
    const plays = facts.filter(({ playedMs }) => playedMs > 0);
    const watchMs = sumOf(plays, ({ playedMs }) => playedMs);
    const viewersOf = (list: readonly Fact[]) =>
      new Set(list.map(({ address, userAgent }) => `${address} ${userAgent}`)).size;
    const views = viewersOf(plays.filter(({ playedMs }) => playedMs >= 30_000));

    const account = { account: owner.account, sessionVersion: owner.user.sessionVersion, sessionId: owner.sessionId };
    const { accessToken } = await issueAccessToken(account);
    const path = `/api/v1/videos/${videoId}/analytics?from=${day}&to=${day}`;
    const reader: VideoAnalyticsDto = await get(path, { authorization: `Bearer ${accessToken}` });
    expect(reader.totals).toEqual({ plays: plays.length, viewers: viewersOf(plays), watchMs, views });
    expect(reader.days.filter((one) => one.plays > 0)).toEqual([{ day, ...reader.totals }]);
    expect(reader.retention).toEqual({
      ...{ durationMs: videoSeconds * 1000, plays: plays.length },
      points: Array.from(
        { length: videoSeconds },
        (_, at) => plays.filter(({ seen }) => seen.has(at)).length / plays.length,
      ),
    });
    const { errors, ...quality } = reader.quality;
    expect(quality).toEqual(qualityOf(facts, watchMs));
    expect(Object.fromEntries(errors.map(({ code, count }) => [code, count]))).toEqual(
      Object.fromEntries(["network", "gone"].map((code) => [code, facts.filter(({ error }) => error === code).length])),
    );
    expect(reader.devices.toSorted(inOrder)).toEqual(dividedBy(plays, ({ device }) => ({ device })));
    expect(reader.browsers.toSorted(inOrder)).toEqual(dividedBy(plays, ({ browser }) => ({ browser })));
    expect(reader.sources.toSorted(inOrder)).toEqual(dividedBy(plays, ({ source }) => source));
    expect((await get(`/api/v1/videos/${videoId}`, {})).viewCount).toBe(views);
    // The set has of everything some.
    expect([views > 50, viewersOf(plays) < plays.length, plays.length < facts.length]).toEqual([true, true, true]);
  },
  replayMs,
);
