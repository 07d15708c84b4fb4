import { expect, test } from "vitest";
import { parseEnv } from "#lib/env.ts";
import { defaultLimits, limitVariable, readLimits } from "#lib/rate-limits.ts";

test("a variable changes its own limit and no other", () => {
  const { limits, faults } = readLimits({ RATE_LIMIT_LOGIN_PAIR: "3/60", OTHER: "x" });
  expect(faults).toEqual([]);
  expect(limits).toEqual({ ...defaultLimits, loginPair: { hits: 3, windowSeconds: 60 } });
});

test("variables are named after their limits", () => {
  expect(limitVariable("anonymousRead")).toBe("RATE_LIMIT_ANONYMOUS_READ");
});

test("mails come three in a quarter of an hour unless the operator says otherwise", () => {
  expect(parseEnv({}).limits.mail).toEqual({ hits: 3, windowSeconds: 900 });
});

test.each(["", "10", "10/", "0/10", "10/0", "-1/10", "1.5/10", "ten/10", "10/10/10", "99999999/1"])(
  "refuses %j at the start with a sentence",
  (value) => {
    const read = () => parseEnv({ RATE_LIMIT_WRITE: value });
    if (value === "") expect(read().limits.write).toEqual(defaultLimits.write);
    else expect(read).toThrow("RATE_LIMIT_WRITE must be hits/seconds, for example 100/10.");
  },
);

test("refuses a limit that does not exist", () => {
  expect(() => parseEnv({ RATE_LIMIT_WRIET: "1/1" })).toThrow("RATE_LIMIT_WRIET is not a limit; there are ");
});

test("takes addresses of Redis and Valkey and refuses others with a sentence", () => {
  expect(parseEnv({ REDIS_URL: "redis://:secret@cache:6379/2" }).redisUrl).toBe("redis://:secret@cache:6379/2");
  expect(() => parseEnv({ REDIS_URL: "http://cache" })).toThrow("REDIS_URL must be an address like redis://");
});
