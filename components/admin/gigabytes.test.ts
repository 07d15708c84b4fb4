import { expect, test } from "vitest";
import { bytesOfGigabytes, gigabytesText } from "#components/admin/gigabytes.ts";

test.each([
  ["", null],
  ["  ", null],
  ["0", 0],
  ["2.5", 2_500_000_000],
  ["2,5", 2_500_000_000],
  ["1 000", 1_000_000_000_000],
  ["0.000000001", 1],
  ["-1", undefined],
  ["1e3", undefined],
  ["ten", undefined],
  ["1.2.3", undefined],
])("reads %j as %j bytes", (text, bytes) => {
  expect(bytesOfGigabytes(text)).toBe(bytes);
});

test("writes what it reads", () => {
  for (const bytes of [null, 0, 123, 2_500_000_000, 40_000_000_000_000]) {
    expect(bytesOfGigabytes(gigabytesText(bytes))).toBe(bytes);
  }
});
