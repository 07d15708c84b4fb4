import { afterEach, beforeEach, expect, test } from "vitest";
import { overrideEnv } from "#lib/env.ts";
import { defaultLimits as limits } from "#lib/rate-limits.ts";
import { takeRead } from "#lib/web/rate-limit.ts";

beforeEach(() => overrideEnv({ RATE_LIMITS: "on" }));
afterEach(() => overrideEnv({ RATE_LIMITS: "off" }));

const read = (subject: string, now: number) => takeRead({ name: "anonymousRead", subject, now });

test("reads beyond the limit are refused until the window ends, and nobody else's", () => {
  for (let hit = 0; hit < limits.anonymousRead.hits; hit += 1) read("203.0.113.1", 1_000);
  expect(() => read("203.0.113.1", 2_000)).toThrowError(expect.objectContaining({ code: "rate_limited" }));
  expect(() => read("203.0.113.2", 2_000)).not.toThrow();
  expect(() => read("203.0.113.1", 1_000 + limits.anonymousRead.windowSeconds * 1000)).not.toThrow();
});

test("accounts may read ten times as much", () => {
  expect(limits.accountRead.hits).toBe(10 * limits.anonymousRead.hits);
});

test("RATE_LIMITS=off counts nothing", () => {
  overrideEnv({ RATE_LIMITS: "off" });
  for (let hit = 0; hit < 2 * limits.anonymousRead.hits; hit += 1) read("203.0.113.3", 1_000);
});
