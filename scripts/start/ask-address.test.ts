import { expect, test } from "vitest";
import { askAddress, shownAddress } from "#scripts/start/ask-address.ts";

test.each([
  ["0.0.0.0", "http://127.0.0.1:3000", "http://localhost:3000"],
  ["::", "http://127.0.0.1:3000", "http://localhost:3000"],
  ["127.0.0.1", "http://127.0.0.1:3000", "http://localhost:3000"],
  ["::1", "http://[::1]:3000", "http://[::1]:3000"],
  ["192.168.1.5", "http://192.168.1.5:3000", "http://192.168.1.5:3000"],
])("a site on %s is asked at %s and shown as %s", (host, asked, shown) => {
  const site = { host, port: 3000 };
  expect([askAddress(site), shownAddress(site)]).toEqual([asked, shown]);
  expect(URL.canParse(asked)).toBe(true);
});
