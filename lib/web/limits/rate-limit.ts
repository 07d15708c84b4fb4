import { createHash } from "node:crypto";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import type { Limit, LimitName } from "#lib/rate-limits.ts";
import { limitNow } from "#lib/settings/limit-now.ts";
import { forgetCounted, noteCounted } from "#lib/web/limits/rate-limit-headers.ts";
import { postgresRateLimits } from "#lib/web/limits/rate-limit-postgres.ts";
import { redisRateLimits } from "#lib/web/limits/rate-limit-redis.ts";
import { type RateLimitStore, withFallback } from "#lib/web/limits/rate-limit-store.ts";
import { addressGroup } from "#lib/web/request-address.ts";

type Window = { hits: number; endsAt: number };
type Globals = {
  kinoraRateLimits?: { redisUrl: string | null; store: RateLimitStore; close: () => void };
  kinoraReadWindows?: Map<string, Window>;
};
// Next bundles pages and routes apart; counters and the connection must be one per process.
const globals = globalThis as typeof globalThis & Globals;

const openStore = (redisUrl: string | null): NonNullable<Globals["kinoraRateLimits"]> => {
  const second = postgresRateLimits();
  if (redisUrl === null) return { redisUrl, store: second, close: () => undefined };
  const first = redisRateLimits(redisUrl);
  return { redisUrl, store: withFallback({ first, second, now: Date.now }), close: first.close };
};

const store = (): RateLimitStore => {
  const { redisUrl } = env();
  if (globals.kinoraRateLimits?.redisUrl !== redisUrl) {
    closeRateLimits();
    globals.kinoraRateLimits = openStore(redisUrl);
  }
  return (globals.kinoraRateLimits ?? openStore(null)).store;
};

/** Ends the connection to the shared store, if there is one. The next hit opens it anew. */
export const closeRateLimits = (): void => {
  globals.kinoraRateLimits?.close();
  delete globals.kinoraRateLimits;
};

const refused = (name: string, resetsInSeconds: number) =>
  new AppError("rate_limited", { retryAfterSeconds: Math.max(1, resetsInSeconds), context: { limit: name } });

// Addresses and e-mails are personal: stores hold hashes.
const keyOf = (name: LimitName, subject: string) =>
  `${name}:${createHash("sha256").update(subject.toLowerCase()).digest("base64url").slice(0, 27)}`;

/** Subject of a limit that goes by address. */
export const addressSubject = (address: string): string => addressGroup(address);

/** Notes a counted hit for the answer's headers. Throws `rate_limited` when the window is full. */
const judge = (
  name: LimitName,
  { limit, hits, resetsInSeconds }: { limit: Limit; hits: number; resetsInSeconds: number },
): void => {
  noteCounted({ name, limit, hits, resetsInSeconds });
  if (hits > limit.hits) throw refused(name, resetsInSeconds);
};

/** Counts one hit in the store that all processes share. Throws `rate_limited` when the window is full. */
export const takeHit = async ({ name, subject }: { name: LimitName; subject: string }): Promise<void> => {
  if (!env().rateLimits) return;
  const limit = await limitNow(name);
  const { windowSeconds } = limit;
  judge(name, { limit, ...(await store().count({ key: keyOf(name, subject), windowSeconds })) });
};

/** Gives a hit back that turned out harmless. */
export const giveHitBack = async ({ name, subject }: { name: LimitName; subject: string }): Promise<void> => {
  if (!env().rateLimits) return;
  await store().uncount(keyOf(name, subject));
  forgetCounted(name);
};

/** More subjects than this within one window are not told apart; bounds the memory. */
const maxWindows = 50_000;

const readWindows = (): Map<string, Window> => {
  globals.kinoraReadWindows ??= new Map();
  return globals.kinoraReadWindows;
};

const dropEnded = (windows: Map<string, Window>, now: number) => {
  for (const [key, window] of windows) if (window.endsAt <= now) windows.delete(key);
  if (windows.size >= maxWindows) windows.clear();
};

const openWindow = (key: string, input: { windowSeconds: number; now: number }): Window => {
  const windows = readWindows();
  const open = windows.get(key);
  if (open !== undefined && open.endsAt > input.now) return open;
  if (windows.size >= maxWindows) dropEnded(windows, input.now);
  const window = { hits: 0, endsAt: input.now + input.windowSeconds * 1000 };
  windows.set(key, window);
  return window;
};

type Read = { name: LimitName; subject: string; limit: Limit; now: number };

/** Counts a read against a limit. Throws `rate_limited`. */
export const countRead = ({ name, subject, limit, now }: Read): void => {
  const window = openWindow(`${name}:${subject}`, { windowSeconds: limit.windowSeconds, now });
  window.hits += 1;
  judge(name, { limit, hits: window.hits, resetsInSeconds: Math.ceil((window.endsAt - now) / 1000) });
};

/** Counts a read in this process only: a database write per read would cost more than the read. Throws `rate_limited`. */
export const takeRead = async ({ name, subject }: { name: LimitName; subject: string }): Promise<void> => {
  if (!env().rateLimits) return;
  countRead({ name, subject, limit: await limitNow(name), now: Date.now() });
};
