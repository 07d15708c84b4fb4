import { describe, expect, test } from "vitest";
import { isCommonPassword } from "#lib/accounts/common-passwords.ts";

describe("isCommonPassword", () => {
  test.each([
    "password",
    "Password1!",
    "PASSW0RD",
    "12345678",
    "qwertyuiop",
    "iloveyou2024",
    "letmeinletmein",
    "aaaaaaaa",
    "abababab",
    "abcdefgh",
    "87654321",
    "Summer2025!",
    "привет123",
  ])("refuses %j", (password) => {
    expect(isCommonPassword(password)).toBe(true);
  });

  test.each(["correct horse battery staple", "quiet cinema seats", "tr0ub4dor&3xyz", "Kyiv-in-the-rain", "mn8#Lq2!vv"])(
    "takes %j",
    (password) => {
      expect(isCommonPassword(password)).toBe(false);
    },
  );
});
