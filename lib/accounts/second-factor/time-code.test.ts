import { Secret, TOTP } from "otpauth";
import { describe, expect, test } from "vitest";
import { newTimeSecret, stepOfCode, timeCodeUri } from "#lib/accounts/second-factor/time-code.ts";

/** RFC 6238, appendix B: the secret of its SHA-1 rows, and the last six digits of their codes. */
const secret = Secret.fromUTF8("12345678901234567890").base32;
const rows = [
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
  [20_000_000_000, "353130"],
] as const;

describe("stepOfCode", () => {
  test.each(rows)("knows the code of RFC 6238 at %i s", (seconds, code) => {
    expect(stepOfCode({ secret, code, now: seconds * 1000 })).toBe(Math.floor(seconds / 30));
  });

  test.each([
    [-2, false],
    [-1, true],
    [0, true],
    [1, true],
    [2, false],
  ])("a clock that is off by %i steps: taken %s", (steps, taken) => {
    const own = newTimeSecret();
    const now = 1_800_000_015_000;
    const code = new TOTP({ secret: Secret.fromBase32(own) }).generate({ timestamp: now + steps * 30_000 });
    expect(stepOfCode({ secret: own, code, now })).toBe(taken ? Math.floor(now / 30_000) + steps : null);
  });

  test.each(["", "12345", "1234567", "abcdef", "２８７０８２"])("does not know %j", (code) => {
    expect(stepOfCode({ secret, code, now: 59_000 })).toBeNull();
  });
});

test("secrets have 160 bits and differ", () => {
  expect(Secret.fromBase32(newTimeSecret()).bytes).toHaveLength(20);
  expect(newTimeSecret()).not.toBe(newTimeSecret());
});

test("the address for apps names the site and the account", () => {
  const uri = timeCodeUri({ secret, issuer: "Kinora: tube.example", label: "a&b@example.org" });
  const { protocol, host, searchParams } = new URL(uri);
  expect([protocol, host]).toEqual(["otpauth:", "totp"]);
  expect(decodeURIComponent(uri)).toContain("a&b@example.org");
  expect(searchParams.get("secret")).toBe(secret);
  expect([searchParams.get("digits"), searchParams.get("period")]).toEqual(["6", "30"]);
});
