import { describe, expect, it } from "vitest";
import { nextAddress } from "./next-address.ts";

describe("nextAddress", () => {
  it("keeps a path of this site", () => {
    expect(nextAddress("/studio?upload=1#row")).toBe("/studio?upload=1#row");
  });

  it.each([
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/.//evil.example",
    "/..//evil.example/a",
    "/%2e%2e//evil.example",
    "/a/../\\evil.example",
    "javascript:alert(1)",
    "",
    undefined,
  ])("never leaves the site for %s", (next) => {
    expect(nextAddress(next)).toBe("/");
  });
});
