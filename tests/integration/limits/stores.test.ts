import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { log } from "#lib/log.ts";
import { postgresRateLimits } from "#lib/web/limits/rate-limit-postgres.ts";
import { redisRateLimits } from "#lib/web/limits/rate-limit-redis.ts";
import { type RateLimitStore, withFallback } from "#lib/web/limits/rate-limit-store.ts";
import { freePort } from "#scripts/start/free-port.ts";
import { rateLimitStoreContract } from "#tests/contract/rate-limit-store-contract.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { hasRedis, startRedis, type TestRedis } from "#tests/setup/redis.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

testDatabase();

rateLimitStoreContract("PostgreSQL", () => postgresRateLimits());

const redisIsHere = await hasRedis();

describe.runIf(redisIsHere)("with Redis", () => {
  let port: number;
  let redis: TestRedis;
  let store: ReturnType<typeof redisRateLimits>;
  const hit = (key: string) => ({ key, windowSeconds: 60 });
  const connected = (counting: RateLimitStore) =>
    waitFor({
      what: "a connection to Redis",
      until: () => counting.count(hit("probe")).then(Boolean, () => null),
    });
  beforeAll(async () => {
    port = await freePort();
    redis = await startRedis(port);
    store = redisRateLimits(redis.url);
    await connected(store);
  });
  afterAll(async () => {
    store.close();
    await redis.stop();
  });

  rateLimitStoreContract("Redis", () => store);

  test("PostgreSQL counts while Redis is down or frozen, with one line in the log, and Redis again when it is back", async () => {
    const errors = vi.spyOn(log(), "error").mockImplementation(() => undefined);
    let now = 0;
    const both = withFallback({ first: store, second: postgresRateLimits(), now: () => now });
    expect((await both.count(hit("a"))).hits).toBe(1);

    process.kill(redis.pid, "SIGSTOP");
    const startedAt = performance.now();
    expect((await both.count(hit("a"))).hits).toBe(1);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    // It rests now: nobody waits for it again.
    const again = performance.now();
    for (let hits = 2; hits <= 20; hits += 1) expect((await both.count(hit("a"))).hits).toBe(hits);
    expect(performance.now() - again).toBeLessThan(1_000);
    process.kill(redis.pid, "SIGCONT");

    await redis.stop();
    for (const second of [5, 10, 30, 59]) {
      now = second * 1_000;
      await both.count(hit("a"));
    }
    expect(errors).toHaveBeenCalledTimes(1);
    now = 61_000;
    expect((await both.count(hit("a"))).hits).toBe(25);
    expect(errors).toHaveBeenCalledTimes(2);

    redis = await startRedis(port);
    await connected(store);
    now = 70_000;
    expect((await both.count(hit("a"))).hits).toBe(1);
    errors.mockRestore();
  }, 20_000);
});
