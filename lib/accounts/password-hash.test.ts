import { describe, expect, test } from "vitest";
import { encodePhc, hashPassword, parsePhc, verifyPassword } from "#lib/accounts/password-hash.ts";

describe("hashPassword", () => {
  test("makes an argon2id PHC string with at least 19 MiB, two passes and a fresh salt", async () => {
    const [one, two] = await Promise.all([hashPassword("quiet cinema"), hashPassword("quiet cinema")]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(one).not.toBe(two);
  });

  test("is fitted by its password alone", async () => {
    const phc = await hashPassword("quiet cinema");
    expect(await verifyPassword({ password: "quiet cinema", phc })).toBe(true);
    expect(await verifyPassword({ password: "quiet Cinema", phc })).toBe(false);
    expect(await verifyPassword({ password: "", phc })).toBe(false);
  });

  test("takes differently composed letters for the same password", async () => {
    const phc = await hashPassword("кав\u0439\u043e café".normalize("NFC"));
    expect(await verifyPassword({ password: "кав\u0439\u043e café".normalize("NFD"), phc })).toBe(true);
  });
});

describe("verifyPassword without an account", () => {
  test("says no, after as much work as for a wrong password", { timeout: 60_000 }, async () => {
    const phc = await hashPassword("quiet cinema");
    // The shortest of several tries: other work on the machine only ever makes them longer.
    const shortest = async (stored: string | null) => {
      const times: number[] = [];
      for (let round = 0; round < 4; round += 1) {
        const startedAt = performance.now();
        expect(await verifyPassword({ password: "wrong", phc: stored })).toBe(false);
        times.push(performance.now() - startedAt);
      }
      return Math.min(...times);
    };
    const ratio = (await shortest(null)) / (await shortest(phc));
    expect(ratio).toBeGreaterThan(0.2);
    expect(ratio).toBeLessThan(5);
  });
});

describe("parsePhc", () => {
  test("reads what encodePhc wrote", () => {
    const parts = { memory: 19_456, passes: 2, parallelism: 1, salt: Buffer.alloc(16, 7), hash: Buffer.alloc(32, 9) };
    expect(parsePhc(encodePhc(parts))).toEqual(parts);
  });

  test.each([
    "",
    "plain text",
    "$2b$12$abcdefghijklmnopqrstuv",
    "$argon2i$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
    "$argon2id$v=19$m=9999999,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
    "$argon2id$v=19$m=19456,t=0,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
  ])("refuses %j", async (text) => {
    expect(parsePhc(text)).toBeNull();
    expect(await verifyPassword({ password: "anything", phc: text })).toBe(false);
  });
});
