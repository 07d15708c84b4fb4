import { log } from "#lib/log.ts";

/** A hit in its window. */
export type Window = { hits: number; resetsInSeconds: number };

/** Where hits are counted in fixed windows, by key. Both calls may fail when the store is away. */
export type RateLimitStore = {
  /** Counts one hit, in one step, so that two processes never lose one. The first one of a window begins it. */
  count: (input: { key: string; windowSeconds: number }) => Promise<Window>;
  /** Takes one hit back, never below none. */
  uncount: (key: string) => Promise<void>;
};

/** Milliseconds that a store which failed is left alone; without it every request would wait for a frozen one. */
const restMs = 2_000;
const logMs = 60_000;

/**
 * Counts in `first`, and in `second` while that is away: limits then begin anew once, but nobody is let through
 * uncounted and nobody refused for it. Says so in the log at most once a minute. `now` gives milliseconds.
 */
export const withFallback = (input: {
  first: RateLimitStore;
  second: RateLimitStore;
  now: () => number;
}): RateLimitStore => {
  const { first, second, now } = input;
  let restsUntil = 0;
  let saidAt = Number.NEGATIVE_INFINITY;
  const noteFault = (error: unknown): void => {
    restsUntil = now() + restMs;
    if (now() - saidAt < logMs) return;
    saidAt = now();
    log().error(
      { "event.action": "rate_limits.fallback", err: error },
      "the store of REDIS_URL is away; counting in PostgreSQL",
    );
  };
  const either = async <T>(ask: (store: RateLimitStore) => Promise<T>): Promise<T> => {
    if (now() < restsUntil) return ask(second);
    try {
      return await ask(first);
    } catch (error) {
      noteFault(error);
      return ask(second);
    }
  };
  return {
    count: (hit) => either((store) => store.count(hit)),
    uncount: (key) => either((store) => store.uncount(key)),
  };
};
