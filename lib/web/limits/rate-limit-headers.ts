import { AsyncLocalStorage } from "node:async_hooks";
import type { Limit, LimitName } from "#lib/rate-limits.ts";

/** A hit that was counted, and what is left of its window. */
export type Counted = { name: LimitName; limit: Limit; hits: number; resetsInSeconds: number };

const ofRequest = new AsyncLocalStorage<Map<LimitName, Counted>>();

/** Remembers for the answer of this request what was counted; a later count of the same class takes its place. */
export const noteCounted = (counted: Counted): void => {
  ofRequest.getStore()?.set(counted.name, counted);
};

/** Forgets a class whose hit was given back. */
export const forgetCounted = (name: LimitName): void => {
  ofRequest.getStore()?.delete(name);
};

/**
 * Tells in an answer which limits its request was counted against: `RateLimit-Policy` (quota and window of each) and
 * `RateLimit` (what remains, and the seconds until it is whole again), lists of structured fields as in
 * draft-ietf-httpapi-ratelimit-headers-10, sections 3 and 4.
 */
export const addRateLimitHeaders = (headers: Headers, counted: readonly Counted[]): void => {
  if (counted.length === 0) return;
  const each = (line: (one: Counted) => string) => counted.map(line).join(", ");
  headers.set(
    "ratelimit-policy",
    each(({ name, limit }) => `"${name}";q=${limit.hits};w=${limit.windowSeconds}`),
  );
  headers.set(
    "ratelimit",
    each(({ name, limit, hits, resetsInSeconds }) => {
      return `"${name}";r=${Math.max(0, limit.hits - hits)};t=${Math.max(0, resetsInSeconds)}`;
    }),
  );
};

/** Makes an answer and adds to it what was counted on the way. */
export const withRateLimitHeaders = (answer: () => Promise<Response>): Promise<Response> => {
  const counted = new Map<LimitName, Counted>();
  return ofRequest.run(counted, async () => {
    const response = await answer();
    addRateLimitHeaders(response.headers, [...counted.values()]);
    return response;
  });
};
