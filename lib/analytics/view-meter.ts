import type { WatchReport } from "#lib/analytics/dto.ts";
import type { Beat } from "#lib/analytics/take-beat.ts";
import { beatOf, takeReports, type WaitingSession } from "#lib/analytics/take-reports.ts";
import type { WatchTicket } from "#lib/analytics/watch-token.ts";
import { AppError } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import { metrics } from "#lib/metrics.ts";

/** How often what was reported is written: a crash loses so much at most, and players report sums, so only for a while. */
const flushMs = 10_000;
/** Sessions of one transaction. */
const batchSize = 500;
/** Ranges of reports that may wait while the database is away, the report itself counted as one; bounds the memory. */
const mostWaiting = 500_000;
/** Reports of a session that wait: one that is followed this soon is left out, for the next one has the same sums. */
const closeMs = 2_000;
const mostBeats = 100;

type Waiting = Map<string, WaitingSession>;
type Meter = {
  current: Waiting;
  /** What is being written, and what could not be. */
  writing: Waiting;
  /** Ranges in all of them. */
  weight: number;
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
    weight: 0,
    timer: setInterval(() => void flushViews(), flushMs).unref(),
    flushing: Promise.resolve(),
  };
  return globals.kinoraViews;
};

const weightOf = (beats: readonly Beat[]): number => beats.reduce((sum, { ranges }) => sum + 1 + ranges.length, 0);

/**
 * The reports of a session with one more: never an older one, and in the last one's place where they come close together.
 */
const withBeat = (beats: readonly Beat[], beat: Beat): Beat[] => {
  const last = beats.at(-1);
  if (last !== undefined && beat.seq <= last.seq) return [...beats];
  const before = beats.at(-2)?.arrivedAtMs ?? 0;
  const isClose = beats.length > 1 && beat.arrivedAtMs - before < closeMs;
  return [...(isClose || beats.length >= mostBeats ? beats.slice(0, -1) : beats), beat];
};

/**
 * Keeps a report until the next flush; costs a look into a map. Throws `unavailable` when too many wait for a database that
 * is away: the next report of the session carries the same sums.
 */
export const noteReport = (input: { videoId: string; ticket: WatchTicket; report: WatchReport; now: Date }): void => {
  const { videoId, ticket, report, now } = input;
  const state = meter();
  const session = state.current.get(ticket.sessionId) ?? { videoId, ticket, source: report.source, beats: [] };
  const beats = withBeat(session.beats, beatOf(report, now.getTime()));
  const weight = state.weight + weightOf(beats) - weightOf(session.beats);
  if (weight > mostWaiting) throw new AppError("unavailable");
  state.weight = weight;
  state.current.set(ticket.sessionId, { ...session, beats });
};

/** What could not be written before goes first; nothing of it is lost when this fails again. */
const rotate = (state: Meter): void => {
  for (const [id, session] of state.current) {
    const before = state.writing.get(id);
    if (before === undefined) state.writing.set(id, session);
    else {
      const beats = [...before.beats, ...session.beats];
      before.beats = beats.slice(-mostBeats);
      state.weight -= weightOf(beats) - weightOf(before.beats);
    }
  }
  state.current = new Map();
};

const isAway = (error: unknown): boolean => error instanceof AppError && error.code === "unavailable";

/** Writes one by one what could not be written together, so that what cannot be written at all holds up nothing else. */
const writeEach = async (sessions: readonly WaitingSession[]): Promise<void> => {
  for (const session of sessions) {
    await takeReports([session]).catch((error: unknown) => {
      if (isAway(error)) throw error;
      metrics().viewFlushFaults.inc();
      log().error({ "event.action": "analytics.session_dropped", err: error }, "reports of a player were dropped");
    });
  }
};

const write = (sessions: readonly WaitingSession[]): Promise<void> =>
  takeReports(sessions).catch((error: unknown) => {
    if (isAway(error)) throw error;
    return writeEach(sessions);
  });

const flush = async (state: Meter): Promise<void> => {
  rotate(state);
  while (state.writing.size > 0) {
    const batch = [...state.writing].slice(0, batchSize);
    await write(batch.map(([, session]) => session));
    for (const [id, { beats }] of batch) {
      state.writing.delete(id);
      state.weight -= weightOf(beats);
    }
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
