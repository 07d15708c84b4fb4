import { createHash } from "node:crypto";
import { db } from "#lib/db/client.ts";
import { countHit, deleteEndedWindows, uncountHit } from "#lib/db/queries/rate-limits.ts";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import { addressGroup } from "#lib/web/request-address.ts";

/** How many hits a window allows. */
export type Limit = { hits: number; windowSeconds: number };

/**
 * The limits. Log-ins are counted by pair of account and address, so that nobody can lock somebody else out, and by
 * address alone, so that one address cannot try many accounts; only failures count. Sign-ups count by address.
 */
export const limits = {
  loginPair: { hits: 10, windowSeconds: 15 * 60 },
  loginAddress: { hits: 30, windowSeconds: 15 * 60 },
  signup: { hits: 5, windowSeconds: 3600 },
  signupTry: { hits: 30, windowSeconds: 3600 },
  write: { hits: 100, windowSeconds: 10 },
  anonymousRead: { hits: 100, windowSeconds: 10 },
  accountRead: { hits: 1000, windowSeconds: 10 },
} as const satisfies Record<string, Limit>;

/** See `limits`. */
export type LimitName = keyof typeof limits;

const refused = (name: string, resetsInSeconds: number) =>
  new AppError("rate_limited", { retryAfterSeconds: Math.max(1, resetsInSeconds), context: { limit: name } });

// Addresses and e-mails are personal: the table holds hashes.
const keyOf = (name: LimitName, subject: string) =>
  `${name}:${createHash("sha256").update(subject.toLowerCase()).digest("base64url").slice(0, 27)}`;

/** Subject of a limit that goes by address. */
export const addressSubject = (address: string): string => addressGroup(address);

let hitsUntilCleanup = 0;

const cleanUpSometimes = async () => {
  hitsUntilCleanup -= 1;
  if (hitsUntilCleanup > 0) return;
  hitsUntilCleanup = 500;
  await deleteEndedWindows(db());
  log().debug({ "event.action": "rate_limits.cleaned" }, "removed ended windows");
};

/** Counts one hit in the database. Throws `rate_limited` when the window is full. */
export const takeHit = async ({ name, subject }: { name: LimitName; subject: string }): Promise<void> => {
  if (!env().rateLimits) return;
  const limit = limits[name];
  const { hits, resetsInSeconds } = await countHit(db(), {
    key: keyOf(name, subject),
    windowSeconds: limit.windowSeconds,
  });
  if (hits > limit.hits) throw refused(name, resetsInSeconds);
  await cleanUpSometimes();
};

/** Gives a hit back that turned out harmless. */
export const giveHitBack = async ({ name, subject }: { name: LimitName; subject: string }): Promise<void> => {
  if (env().rateLimits) await uncountHit(db(), keyOf(name, subject));
};

type Window = { hits: number; endsAt: number };
const globals = globalThis as typeof globalThis & { kinoraReadWindows?: Map<string, Window> };
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

/** Counts a read in this process only: a database write per read would cost more than the read. Throws `rate_limited`. */
export const takeRead = ({ name, subject, now }: { name: LimitName; subject: string; now: number }): void => {
  if (!env().rateLimits) return;
  const windows = readWindows();
  const key = `${name}:${subject}`;
  const open = windows.get(key);
  if (open !== undefined && open.endsAt > now) {
    open.hits += 1;
    if (open.hits > limits[name].hits) throw refused(name, Math.ceil((open.endsAt - now) / 1000));
    return;
  }
  if (windows.size >= maxWindows) dropEnded(windows, now);
  windows.set(key, { hits: 1, endsAt: now + limits[name].windowSeconds * 1000 });
};
