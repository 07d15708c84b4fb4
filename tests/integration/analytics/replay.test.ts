import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { WatchLog } from "#components/player/watch-log.ts";
import type { WatchReport } from "#lib/analytics/dto.ts";
import { getVideoAnalytics } from "#lib/analytics/get-video-analytics.ts";
import { rollUp } from "#lib/analytics/roll-up.ts";
import { startupClassOf, startupPercentile } from "#lib/analytics/startup-histogram.ts";
import { flushViews } from "#lib/analytics/view-meter.ts";
import { makePerson } from "#tests/factories/people.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { pass, sendReport, setNow, tokenOf } from "#tests/factories/watching.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

const day = "2026-11-20";
beforeEach(() => setNow(`${day}T12:00:00Z`));
afterEach(() => vi.useRealTimers());

const seconds = 90;
const tickMs = 250;
const heights = [360, 720, 1080];

/** What one does with a player; seconds are of the video. */
type Act =
  | { kind: "play"; seconds: number; height: number }
  | { kind: "seek"; to: number }
  | { kind: "stall"; ms: number }
  | { kind: "pause"; seconds: number };
type Session = { startupMs: number; acts: Act[] };

const sessionsOf = (count: number): Session[] => {
  let seed = 11;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  const act = (): Act => {
    const kind = random(7);
    if (kind === 0) return { kind: "seek", to: random(60) };
    if (kind === 1) return { kind: "stall", ms: tickMs * (1 + random(8)) };
    if (kind === 2) return { kind: "pause", seconds: 1 + random(40) };
    return { kind: "play", seconds: 1 + random(12), height: heights[random(3)] ?? 360 };
  };
  return Array.from({ length: count }, () => ({
    startupMs: tickMs * (1 + random(12)),
    acts: Array.from({ length: 1 + random(12) }, act),
  }));
};

/** The player's own book-keeping with a clock and a playhead that this test moves, reporting as the player does. */
class Replay {
  readonly #log = new WatchLog();
  readonly #sent: { videoId: string; token: string };
  #seq = 0;
  #positionMs = 0;
  #height = 360;
  #sinceReportMs = 0;

  constructor(sent: { videoId: string; token: string }) {
    this.#sent = sent;
  }

  #look() {
    return { nowMs: Date.now(), positionMs: this.#positionMs, rate: 1, height: this.#height };
  }

  async #report(): Promise<void> {
    const news = this.#log.takeNews();
    if (news === null) return;
    this.#seq += 1;
    const { videoId, token } = this.#sent;
    const source: WatchReport["source"] = { kind: "direct", host: null };
    await sendReport({ videoId, body: { ...news, token, seq: this.#seq, source } });
  }

  async #tick({ playing }: { playing: boolean }): Promise<void> {
    pass(tickMs / 1000);
    if (playing) {
      this.#positionMs += tickMs;
      this.#log.look(this.#look());
    }
    this.#sinceReportMs += tickMs;
    if (this.#sinceReportMs < 15_000) return;
    this.#sinceReportMs = 0;
    await this.#report();
  }

  async #act(act: Act): Promise<void> {
    if (act.kind === "play") {
      this.#height = act.height;
      for (let left = act.seconds * 1000; left > 0 && this.#positionMs < seconds * 1000; left -= tickMs) {
        await this.#tick({ playing: true });
      }
    } else if (act.kind === "seek") {
      this.#log.seeking(Date.now());
      this.#positionMs = act.to * 1000;
      this.#log.waiting(this.#look());
      await this.#tick({ playing: false });
      this.#log.playing(this.#look());
    } else {
      const ms = act.kind === "stall" ? act.ms : act.seconds * 1000;
      if (act.kind === "stall") this.#log.waiting(this.#look());
      else this.#log.stopped(this.#look());
      for (let left = ms; left > 0; left -= tickMs) await this.#tick({ playing: false });
      this.#log.playing(this.#look());
    }
  }

  async run({ startupMs, acts }: Session): Promise<void> {
    this.#log.wish(Date.now());
    pass(startupMs / 1000);
    this.#log.playing(this.#look());
    await this.#report();
    for (const act of acts) await this.#act(act);
    this.#log.stopped(this.#look());
    await this.#report();
  }
}

/** The same by hand: which seconds were played, how long, at which height, and how long it waited. */
const byHand = ({ acts }: Session) => {
  const seen = new Set<number>();
  const byHeight = new Map<number, number>();
  const sum = { playedMs: 0, stalls: 0, stallMs: 0 };
  let second = 0;
  for (const act of acts) {
    if (act.kind === "seek") second = act.to;
    if (act.kind === "stall") {
      sum.stalls += 1;
      sum.stallMs += act.ms;
    }
    if (act.kind !== "play") continue;
    const played = Math.min(act.seconds, seconds - second);
    for (let index = 0; index < played; index += 1) seen.add(second + index);
    if (played > 0) byHeight.set(act.height, (byHeight.get(act.height) ?? 0) + played * 1000);
    sum.playedMs += played * 1000;
    second += played;
  }
  return { ...sum, seen, byHeight };
};

it("retention and quality equal what a replayed set of sessions did, exactly", async () => {
  const owner = await makePerson();
  const { id: videoId } = await makeVideo({
    ...{ creatorId: owner.account.id, channelId: owner.channelId, status: "ready", visibility: "public" },
    durationMs: seconds * 1000,
  });
  const sessions = sessionsOf(40);
  const start = Date.now();
  for (const [number, session] of sessions.entries()) {
    setNow(start);
    const token = (await tokenOf({ videoId, address: `198.51.100.${number}` })) ?? "";
    await new Replay({ videoId, token }).run(session);
    await flushViews();
  }
  await rollUp({ signal: new AbortController().signal });
  const told = await getVideoAnalytics({ viewer: owner.account, videoId, query: { from: day, to: day } });

  const facts = sessions.map(byHand);
  const playing = facts.filter(({ playedMs }) => playedMs > 0);
  const total = (of: (fact: (typeof facts)[number]) => number) => facts.reduce((sum, fact) => sum + of(fact), 0);
  const classes = Array.from({ length: 17 }, () => 0);
  for (const { startupMs } of sessions)
    classes[startupClassOf(startupMs)] = (classes[startupClassOf(startupMs)] ?? 0) + 1;
  const [watchMs, stallMs] = [total(({ playedMs }) => playedMs), total((fact) => fact.stallMs)];
  expect(told.totals).toEqual({
    ...{ plays: playing.length, viewers: playing.length, watchMs },
    views: playing.filter(({ playedMs }) => playedMs >= 30_000).length,
  });
  expect(told.retention?.points).toEqual(
    Array.from(
      { length: seconds },
      (_, second) => playing.filter(({ seen }) => seen.has(second)).length / playing.length,
    ),
  );
  expect(told.quality).toEqual({
    startup: {
      plays: sessions.length,
      ...{ p50Ms: startupPercentile(classes, 0.5), p90Ms: startupPercentile(classes, 0.9) },
      p99Ms: startupPercentile(classes, 0.99),
    },
    stalls: {
      ...{ count: total(({ stalls }) => stalls), ms: stallMs, ratio: stallMs / (stallMs + watchMs) },
      plays: facts.filter(({ stalls }) => stalls > 0).length,
    },
    failedPlays: 0,
    renditions: heights
      .toReversed()
      .map((height) => ({ height, ms: total(({ byHeight }) => byHeight.get(height) ?? 0) })),
    errors: [],
  });
  expect(told.totals.views).toBeGreaterThan(3);
});
