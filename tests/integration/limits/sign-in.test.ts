import { argon2 } from "node:crypto";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { hashPassword } from "#lib/accounts/password-hash.ts";
import { db } from "#lib/db/client.ts";
import { rateLimits } from "#lib/db/schema/index.ts";
import { overrideEnv } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { defaultLimits } from "#lib/rate-limits.ts";
import { signIn } from "#lib/web/identity/sign-in.ts";
import { makeUser } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";

// The real function, only counted.
vi.mock("node:crypto", async (original) => {
  const crypto = await original<typeof import("node:crypto")>();
  return { ...crypto, argon2: vi.fn(crypto.argon2) };
});

testDatabase({ RATE_LIMITS: "on" });
afterAll(() => overrideEnv({ RATE_LIMITS: "off" }));

const password = "a long enough password";
beforeEach(async () => {
  vi.mocked(argon2).mockClear();
  await db().delete(rateLimits);
});

const outcome = (email: string, tried: string, address: string): Promise<string> =>
  signIn({ email, password: tried, address }).then(
    () => "in",
    (error: unknown) => (error instanceof AppError ? error.code : "?"),
  );

test("an unknown, a suspended and a password-less account cost the same work as a wrong password", async () => {
  const passwordHash = await hashPassword(password);
  const known = await makeUser({ passwordHash });
  const suspended = await makeUser({ passwordHash, status: "suspended" });
  const without = await makeUser({ passwordHash: null });
  // The first log-in of a process also makes the hash that stands in for missing ones, whoever it is.
  await outcome(known.email, "the wrong password", "203.0.113.2");
  const works: unknown[] = [];
  for (const email of [known.email, "nobody@example.org", suspended.email, without.email]) {
    vi.mocked(argon2).mockClear();
    expect(await outcome(email, "the wrong password", "203.0.113.1")).toBe("unauthenticated");
    works.push(
      vi.mocked(argon2).mock.calls.map(([algorithm, { memory, passes, parallelism, tagLength }]) => {
        return { algorithm, memory, passes, parallelism, tagLength };
      }),
    );
  }
  const one = [{ algorithm: "argon2id", memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 }];
  expect(works).toEqual([one, one, one, one]);
});

test("whoever tries somebody's password from elsewhere locks themselves out, and nobody else", async () => {
  const { email } = await makeUser({ passwordHash: await hashPassword(password) });
  for (let tries = 0; tries < defaultLimits.loginPair.hits; tries += 1) {
    expect(await outcome(email, "guess", "203.0.113.66")).toBe("unauthenticated");
  }
  expect(await outcome(email, password, "203.0.113.66")).toBe("rate_limited");
  expect(await outcome(email, password, "203.0.113.5")).toBe("in");
  // Neither capitals nor spaces nor another address of the same IPv6 network make another pair of it.
  expect(await outcome(` ${email.toUpperCase()} `, password, "203.0.113.66")).toBe("rate_limited");
});

test("one address cannot try many accounts, whether they exist or not", async () => {
  for (let tries = 0; tries < defaultLimits.loginAddress.hits; tries += 1) {
    expect(await outcome(`person${tries}@example.org`, "guess", "2001:db8::1")).toBe("unauthenticated");
  }
  expect(await outcome("another@example.org", "guess", "2001:db8::2")).toBe("rate_limited");
  expect(await outcome("another@example.org", "guess", "2001:db8:0:1::2")).toBe("unauthenticated");
});

test("good log-ins never use a limit up", async () => {
  const { email } = await makeUser({ passwordHash: await hashPassword(password) });
  for (let times = 0; times < defaultLimits.loginPair.hits + 2; times += 1) {
    expect(await outcome(email, password, "203.0.113.9")).toBe("in");
  }
}, 20_000);
