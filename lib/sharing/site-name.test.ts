import { describe, expect, it } from "vitest";
import { frameAncestors, siteListSchema, siteNameSchema } from "#lib/sharing/site-name.ts";

describe("names of sites", () => {
  it.each([
    ["example.org", "example.org"],
    ["  Example.ORG ", "example.org"],
    ["*.example.org", "*.example.org"],
    ["localhost:8080", "localhost:8080"],
    ["127.0.0.1:3000", "127.0.0.1:3000"],
    ["приклад.укр", "xn--80aikifvh.xn--j1amh"],
    ["*.xn--j1amh", "*.xn--j1amh"],
  ])("reads %j as %j", (text, name) => expect(siteNameSchema.parse(text)).toBe(name));

  it.each([
    ...[
      "",
      " ",
      "*",
      "*.",
      "https://example.org",
      "example.org/",
      "example.org/path",
      "example.org?x",
      "a b",
      "'self'",
    ],
    ...["example.org; script-src *", "user@example.org", "-a.org", "a..org", "*.*.org", "ex\u0000ample.org", "data:"],
    ...["example.org:99999", "[::1]", `${"a".repeat(64)}.org`, `${"abc.".repeat(70)}org`, "example.org\nb.org"],
  ])("refuses %j", (text) => expect(siteNameSchema.safeParse(text).success).toBe(false));

  it("keeps each once, and at most a hundred", () => {
    expect(siteListSchema.parse(["a.org", "A.org", "b.org"])).toEqual(["a.org", "b.org"]);
    expect(siteListSchema.safeParse(Array.from({ length: 101 }, (_, n) => `s${n}.org`)).success).toBe(false);
  });
});

it("frame-ancestors names every site with both schemes, and this site", () => {
  expect(frameAncestors([])).toBe("'self'");
  expect(frameAncestors(["a.org", "*.b.org"])).toBe("'self' https://a.org http://a.org https://*.b.org http://*.b.org");
});
