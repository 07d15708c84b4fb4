import type { WatchReport } from "#lib/analytics/dto.ts";
import type { WatchedSession } from "#tests/factories/watched-sessions.ts";

/** What a report says besides the token. */
export type Told = Omit<WatchReport, "token">;
/** A report and when it is sent. */
export type SentReport = { atMs: number; report: Told };

const everyMs = 15_000;

type Player = Omit<Told, "seq" | "ranges" | "renditions" | "stalls"> & {
  atMs: number;
  positionMs: number;
  ranges: { fromMs: number; toMs: number }[];
  played: Map<number, number>;
  stalls: { count: number; ms: number };
};

const told = (player: Player, seq: number): Told => ({
  seq,
  playedMs: player.playedMs,
  ranges: player.ranges.map((range) => ({ ...range })),
  startupMs: player.startupMs,
  stalls: { ...player.stalls },
  renditions: [...player.played].map(([height, ms]) => ({ height, ms })),
  errors: player.errors,
  source: player.source,
});

/**
 * The reports of a player that does what a session says, in the order of their numbers: one when playing begins, then every 15
 * seconds, and one at the end; each with the sums so far.
 */
export const reportsOf = (session: WatchedSession, videoSeconds: number): SentReport[] => {
  const { startupMs, source, error } = session;
  const player: Player = {
    ...{ startupMs, source, atMs: session.openedAtMs + (startupMs ?? 2000), positionMs: 0, playedMs: 0, ranges: [] },
    ...{ played: new Map(), stalls: { count: 0, ms: 0 }, errors: [] },
  };
  const sent: SentReport[] = [];
  const report = () => sent.push({ atMs: player.atMs, report: told(player, sent.length + 1) });
  let nextMs = player.atMs + everyMs;
  /** Lets time pass, with a report whenever one is due; `move` is told how much of it. */
  const pass = (ms: number, move: (ms: number) => void = () => undefined) => {
    for (let left = ms; left > 0; ) {
      const step = Math.min(left, nextMs - player.atMs);
      move(step);
      player.atMs += step;
      left -= step;
      if (player.atMs < nextMs) continue;
      report();
      nextMs += everyMs;
    }
  };
  report();
  for (const act of session.acts) {
    if (act.kind === "seek") player.positionMs = act.to * 1000;
    if (act.kind === "pause") pass(act.ms);
    if (act.kind === "stall") {
      player.stalls = { count: player.stalls.count + 1, ms: player.stalls.ms };
      pass(act.ms, (ms) => (player.stalls = { ...player.stalls, ms: player.stalls.ms + ms }));
    }
    if (act.kind !== "play") continue;
    const range = { fromMs: player.positionMs, toMs: player.positionMs };
    const ofVideoMs = Math.min(act.seconds * 1000, videoSeconds * 1000 - player.positionMs);
    if (ofVideoMs <= 0) continue;
    player.ranges.push(range);
    pass(ofVideoMs / act.rate, (ms) => {
      const moved = ms * act.rate;
      range.toMs += moved;
      player.positionMs += moved;
      player.playedMs += moved;
      player.played.set(act.height, (player.played.get(act.height) ?? 0) + moved);
    });
  }
  if (error !== null) player.errors = [{ code: error, count: 1 }];
  // A page that is left reports a little after the last thing that was played.
  player.atMs += 1500;
  report();
  return sent;
};
