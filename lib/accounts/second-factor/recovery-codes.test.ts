import { expect, test } from "vitest";
import {
  looksLikeRecoveryCode,
  makeRecoveryCodes,
  matchRecoveryCode,
} from "#lib/accounts/second-factor/recovery-codes.ts";

const userId = "01912345-0000-7000-8000-000000000001";

test("ten codes, none like another, and none of them is kept", () => {
  const { codes, rows } = makeRecoveryCodes(userId);
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^([0-9a-z]{4}-){3}[0-9a-z]{4}$/);
  for (const code of codes) expect(JSON.stringify(rows)).not.toContain(code.replaceAll("-", ""));
});

test("a code is known however it was typed, by its own account alone", () => {
  const { codes, rows } = makeRecoveryCodes(userId);
  const [code = ""] = codes;
  for (const typed of [code, code.toUpperCase(), code.replaceAll("-", ""), ` ${code.replaceAll("-", " ")} `]) {
    expect(matchRecoveryCode({ userId, code: typed, rows })).toBe(rows[0]);
  }
  const other = "01912345-0000-7000-8000-000000000002";
  expect(matchRecoveryCode({ userId: other, code, rows })).toBeNull();
  expect(matchRecoveryCode({ userId, code: `${code}0`, rows })).toBeNull();
});

test("letters that nobody uses are the digits they look like", () => {
  const rows = makeRecoveryCodes(userId).rows;
  expect(looksLikeRecoveryCode("OIL0-1111-0000-aaaa")).toBe(true);
  expect(looksLikeRecoveryCode("123456")).toBe(false);
  expect(matchRecoveryCode({ userId, code: "", rows })).toBeNull();
});
