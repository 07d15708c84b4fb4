import { expect, test } from "vitest";
import { takesBrotli } from "#lib/web/brotli-copies.ts";

test.each([
  ["gzip, deflate, br, zstd", true],
  ["br;q=0.5", true],
  ["BR", true],
  ["gzip;q=1, br;q=0", false],
  ["br; q=0.000", false],
  ["gzip", false],
  ["brand", false],
  ["", false],
])("an Accept-Encoding of '%s': %s", (header, takes) => {
  expect(takesBrotli(header)).toBe(takes);
});
