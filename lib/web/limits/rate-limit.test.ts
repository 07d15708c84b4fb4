import { expect, test } from "vitest";
import { overrideEnv } from "#lib/env.ts";
import { defaultLimits as limits } from "#lib/rate-limits.ts";
import { countRead, takeRead } from "#lib/web/limits/rate-limit.ts";

const name = "anonymousRead";
const limit = { hits: 5, windowSeconds: 10 };
const read = (subject: string, now: number) => countRead({ name, subject, limit, now });

test("reads beyond the limit are refused until the window ends, and nobody else's", () => {
  for (let hit = 0; hit < limit.hits; hit += 1) read("203.0.113.1", 1_000);
  expect(() => read("203.0.113.1", 2_000)).toThrowError(expect.objectContaining({ code: "rate_limited" }));
  expect(() => read("203.0.113.2", 2_000)).not.toThrow();
  expect(() => read("203.0.113.1", 11_000)).not.toThrow();
});

test("a limit that was raised in the middle of a window holds at once", () => {
  for (let hit = 0; hit < limit.hits; hit += 1) read("203.0.113.4", 1_000);
  const raised = { hits: 50, windowSeconds: 10 };
  expect(() => countRead({ name, subject: "203.0.113.4", limit: raised, now: 2_000 })).not.toThrow();
});

test("accounts may read ten times as much", () => {
  expect(limits.accountRead.hits).toBe(10 * limits.anonymousRead.hits);
});

test("RATE_LIMITS=off counts nothing", async () => {
  overrideEnv({ RATE_LIMITS: "off" });
  for (let hit = 0; hit < 2 * limits.anonymousRead.hits; hit += 1) await takeRead({ name, subject: "203.0.113.3" });
});
