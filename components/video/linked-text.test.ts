import { describe, expect, it } from "vitest";
import { linkedText } from "#components/video/linked-text.ts";

const links = (text: string) => linkedText(text).flatMap((part) => (part.kind === "link" ? [part.href] : []));

describe("linkedText", () => {
  it("keeps every character of the text", () => {
    const text = "See https://example.org/a(b)c, then (https://example.org/x). End…";
    expect(
      linkedText(text)
        .map((part) => part.text)
        .join(""),
    ).toBe(text);
  });

  it("leaves the end of the sentence out of the address", () => {
    expect(links("Read https://example.org/page.")).toEqual(["https://example.org/page"]);
    expect(links("(https://example.org/x)")).toEqual(["https://example.org/x"]);
    expect(links("https://example.org/wiki/A_(b)")).toEqual(["https://example.org/wiki/A_(b)"]);
  });

  it("never links what is not http", () => {
    expect(links("javascript:alert(1) data:text/html,x ftp://example.org http://")).toEqual([]);
  });
});
