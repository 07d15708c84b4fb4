import { createClient } from "@redis/client";
import { log } from "#lib/log.ts";
import type { RateLimitStore } from "#lib/web/limits/rate-limit-store.ts";

/** Longest time that a request waits for the store before it counts elsewhere. */
const answerMs = 250;
const connectMs = 2_000;
const longestPauseMs = 5_000;
const keyPrefix = "kinora:limit:";

// In one step on the server: a process that dies between counting and setting the end would leave a window without one.
const countScript = `
local hits = redis.call('INCR', KEYS[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
  left = tonumber(ARGV[1])
  redis.call('PEXPIRE', KEYS[1], left)
end
return { hits, left }`;

const uncountScript = `
local hits = tonumber(redis.call('GET', KEYS[1]) or '0')
if hits > 0 then redis.call('DECR', KEYS[1]) end
return hits`;

/** Rejects when `work` takes longer than a request may wait. */
const soon = async <T>(work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${answerMs} ms`)), answerMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};

const windowOf = (reply: unknown) => {
  const [hits, leftMs] = Array.isArray(reply) ? reply.map(Number) : [];
  if (hits === undefined || leftMs === undefined) throw new Error("the store answered something else");
  return { hits, resetsInSeconds: Math.ceil(leftMs / 1000) };
};

/**
 * Counts in Redis or Valkey. Connects by itself and goes on trying in the background; while there is no connection each
 * call fails at once, and one that is not answered soon fails too. `close` ends it.
 */
export const redisRateLimits = (url: string): RateLimitStore & { close: () => void } => {
  const client = createClient({
    url,
    name: "kinora",
    disableOfflineQueue: true,
    socket: {
      connectTimeout: connectMs,
      reconnectStrategy: (tries) => Math.min(longestPauseMs, 100 * 2 ** Math.min(tries, 6)),
    },
  });
  // Every call tells of its own failure; without a listener the process would end.
  client.on("error", (error: unknown) => log().debug({ "event.action": "redis.error", err: error }, "Redis failed"));
  client
    .connect()
    .catch((error: unknown) => log().debug({ "event.action": "redis.error", err: error }, "Redis failed"));
  const evaluate = (script: string, key: string, values: string[]) =>
    soon(client.eval(script, { keys: [`${keyPrefix}${key}`], arguments: values }));
  return {
    count: async ({ key, windowSeconds }) => windowOf(await evaluate(countScript, key, [String(windowSeconds * 1000)])),
    uncount: async (key) => {
      await evaluate(uncountScript, key, []);
    },
    close: () => client.destroy(),
  };
};
