import type { WatchReport } from "#lib/analytics/dto.ts";
import { beatOf, takeReports, type WaitingSession } from "#lib/analytics/take-reports.ts";
import type { WatchTicket } from "#lib/analytics/watch-token.ts";
import { AppError } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import { metrics } from "#lib/metrics.ts";

/** How often what was reported is written: a crash loses so much at most, and players report sums, so only for a while. */
const flushMs = 10_000;
/** Sessions of one transaction. */
const batchSize = 500;
/** Sessions that may wait while the database is away; bounds the memory. */
const mostWaiting = 50_000;
/** Reports of a session that wait: one that is followed this soon is left out, for the next one has the same sums. */
const closeMs = 2_000;
const mostBeats = 100;

type Waiting = Map<string, WaitingSession>;
type Meter = {
  current: Waiting;
  /** What is being written, and what could not be. */
  writing: Waiting;
  timer: NodeJS.Timeout;
  /** The last flush that was asked for; each begins when the one before has ended. */
  flushing: Promise<void>;
};

// Next bundles routes and the start apart; a process has one meter.
const globals = globalThis as typeof globalThis & { kinoraViews?: Meter | undefined };

const meter = (): Meter => {
  globals.kinoraViews ??= {
    current: new Map(),
    writing: new Map(),
    timer: setInterval(() => void flushViews(), flushMs).unref(),
    flushing: Promise.resolve(),
  };
  return globals.kinoraViews;
};

/** Adds a report to those of its session: never an older one, and in the last one's place where they come close together. */
const addBeat = (session: WaitingSession, { report, nowMs }: { report: WatchReport; nowMs: number }): void => {
  const last = session.beats.at(-1);
  if (last !== undefined && report.seq <= last.seq) return;
  const before = session.beats.at(-2)?.arrivedAtMs ?? 0;
  const isClose = session.beats.length > 1 && nowMs - before < closeMs;
  if (isClose || session.beats.length >= mostBeats) session.beats.pop();
  session.beats.push(beatOf(report, nowMs));
};

/**
 * Keeps a report until the next flush; costs a look into a map. Throws `unavailable` when too many wait for a database that
 * is away: the next report of the session carries the same sums.
 */
export const noteReport = (input: { videoId: string; ticket: WatchTicket; report: WatchReport; now: Date }): void => {
  const { videoId, ticket, report, now } = input;
  const { current, writing } = meter();
  const known = current.get(ticket.sessionId);
  if (known === undefined && current.size + writing.size >= mostWaiting) throw new AppError("unavailable");
  const session = known ?? { videoId, ticket, source: report.source, beats: [] };
  addBeat(session, { report, nowMs: now.getTime() });
  current.set(ticket.sessionId, session);
};

/** What could not be written before goes first; nothing of it is lost when this fails again. */
const rotate = (state: Meter): void => {
  for (const [id, session] of state.current) {
    const before = state.writing.get(id);
    if (before === undefined) state.writing.set(id, session);
    else before.beats = [...before.beats, ...session.beats].slice(-mostBeats);
  }
  state.current = new Map();
};

const flush = async (state: Meter): Promise<void> => {
  rotate(state);
  while (state.writing.size > 0) {
    const batch = [...state.writing].slice(0, batchSize);
    await takeReports(batch.map(([, session]) => session));
    for (const [id] of batch) state.writing.delete(id);
  }
};

/**
 * Writes what was reported. What cannot be written waits for the next time. One at a time in a process; called every ten
 * seconds, at shutdown, and by tests. Never throws.
 */
export const flushViews = async (): Promise<void> => {
  const state = globals.kinoraViews;
  if (state === undefined) return;
  state.flushing = state.flushing
    .then(() => flush(state))
    .catch((error: unknown) => {
      metrics().viewFlushFaults.inc();
      log().warn(
        { "event.action": "analytics.views_not_written", err: error },
        "reports of players could not be written",
      );
    });
  await state.flushing;
};

/** Stops the clock and writes the rest: called once, when the process ends. Never throws. */
export const stopViewMeter = async (): Promise<void> => {
  const state = globals.kinoraViews;
  if (state === undefined) return;
  clearInterval(state.timer);
  await flushViews();
};

/** Forgets what waits, as the end of the process would; for tests of a crash. */
export const loseViews = (): void => {
  clearInterval(globals.kinoraViews?.timer);
  globals.kinoraViews = undefined;
};
