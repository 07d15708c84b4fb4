import { transaction } from "#lib/db/client.ts";
import { markQuiet } from "#lib/db/queries/instance/quiet-transactions.ts";
import { addDelivered, type DeliveredRow, listOverDelivered } from "#lib/db/queries/usage/delivered.ts";
import { log } from "#lib/log.ts";
import { metrics } from "#lib/metrics.ts";
import { instanceSettings } from "#lib/settings/instance-settings.ts";
import { nextUtcDayMs, utcDay, utcMonth } from "#lib/usage/utc-day.ts";

/** How often what was counted is written: a crash loses so much at most, and a limit holds so much later. */
const flushMs = 10_000;
/** Rows of one statement. */
const batchSize = 1_000;

/** Whose bytes are delivered: the video's, paid for by the owner of its channel. */
export type Counted = { videoId: string; ownerId: string };

type Buffer = { day: string; month: string; endsAtMs: number; rows: Map<string, DeliveredRow> };
type Meter = {
  current: Buffer;
  /** Of earlier days, and what could not be written. */
  waiting: Buffer[];
  timer: NodeJS.Timeout;
  /** The last flush that was asked for; each begins when the one before has ended. */
  flushing: Promise<void>;
  over: Set<string>;
};

// Next bundles routes, pages and the start apart; a process has one meter.
const globals = globalThis as typeof globalThis & { kinoraDelivery?: Meter | undefined };

const newBuffer = (): Buffer => {
  const now = new Date();
  return { day: utcDay(now), month: utcMonth(now), endsAtMs: nextUtcDayMs(now), rows: new Map() };
};

const meter = (): Meter => {
  globals.kinoraDelivery ??= {
    current: newBuffer(),
    waiting: [],
    timer: setInterval(() => void flushDelivered(), flushMs).unref(),
    flushing: Promise.resolve(),
    over: new Set(),
  };
  return globals.kinoraDelivery;
};

const rotate = (state: Meter): Buffer => {
  if (state.current.rows.size > 0) state.waiting.push(state.current);
  state.current = newBuffer();
  return state.current;
};

/**
 * Counts bytes that were sent of a video; `begins` with the first ones of an answer. Costs a look into a map: what is
 * counted is written every ten seconds.
 */
export const countDelivered = (input: Counted & { bytes: number; begins: boolean }): void => {
  const { videoId, ownerId: userId, bytes, begins } = input;
  const state = meter();
  const buffer = Date.now() < state.current.endsAtMs ? state.current : rotate(state);
  const row = buffer.rows.get(videoId);
  if (row === undefined) buffer.rows.set(videoId, { videoId, userId, bytes, requests: begins ? 1 : 0 });
  else {
    row.bytes += bytes;
    row.userId = userId;
    if (begins) row.requests += 1;
  }
};

/** Whether the videos of that account have used what may be delivered of them this month, as of the last flush. */
export const isDeliveryOver = (ownerId: string): boolean => globals.kinoraDelivery?.over.has(ownerId) ?? false;

const write = async ({ day, month, rows }: Buffer): Promise<void> => {
  const all = [...rows.values()];
  await transaction(async (tx) => {
    for (let start = 0; start < all.length; start += batchSize) {
      await addDelivered(tx, { day, month, rows: all.slice(start, start + batchSize) });
    }
    await markQuiet(tx);
  });
};

const refreshLimits = async (state: Meter, seen: ReadonlySet<string>): Promise<void> => {
  const { monthlyDeliveryBytes: defaultLimitBytes } = await instanceSettings();
  const userIds = [...new Set([...seen, ...state.over])];
  const over = await transaction((tx) =>
    listOverDelivered(tx, { userIds, month: utcMonth(new Date()), defaultLimitBytes }),
  );
  state.over = new Set(over);
};

const flush = async (state: Meter): Promise<void> => {
  rotate(state);
  const seen = new Set<string>();
  for (let buffer = state.waiting[0]; buffer !== undefined; buffer = state.waiting[0]) {
    await write(buffer);
    for (const { userId } of buffer.rows.values()) seen.add(userId);
    state.waiting.shift();
  }
  if (seen.size > 0 || state.over.size > 0) await refreshLimits(state, seen);
};

/**
 * Writes what was counted and learns who has used up a month's delivery. What cannot be written waits for the next time.
 * One at a time in a process; called every ten seconds, at shutdown, and by tests.
 */
export const flushDelivered = async (): Promise<void> => {
  const state = globals.kinoraDelivery;
  if (state === undefined) return;
  state.flushing = state.flushing
    .then(() => flush(state))
    .catch((error: unknown) => {
      metrics().deliveryFlushFaults.inc();
      log().warn({ "event.action": "usage.delivery_not_written", err: error }, "delivered bytes could not be written");
    });
  await state.flushing;
};

/** Stops the clock and writes the rest: called once, when the process ends. Never throws. */
export const stopDeliveryMeter = async (): Promise<void> => {
  const state = globals.kinoraDelivery;
  if (state === undefined) return;
  clearInterval(state.timer);
  await flushDelivered();
};
