import { describe, expect, it } from "vitest";
import { isFiltered, searchHref, toggledHref } from "./search-address.ts";

describe("the address of a search", () => {
  it("names what was asked and leaves out what is usual", () => {
    expect(searchHref({ q: "" })).toBe("/search");
    expect(searchHref({ q: "борщ & чай", sort: "relevance" })).toBe(
      `/search?q=${encodeURIComponent("борщ").replaceAll("%20", "+")}+%26+${encodeURIComponent("чай")}`,
    );
    expect(searchHref({ q: "a", sort: "newest", category: "food" }, "xyz")).toBe(
      "/search?q=a&category=food&sort=newest&cursor=xyz",
    );
  });

  it("sets a filter, changes it, and takes it away again", () => {
    const asked = { q: "a", duration: "short" };
    expect(toggledHref({ q: "a" }, { name: "duration", value: "short" })).toBe("/search?q=a&duration=short");
    expect(toggledHref(asked, { name: "duration", value: "long" })).toBe("/search?q=a&duration=long");
    expect(toggledHref(asked, { name: "duration", value: "short" })).toBe("/search?q=a");
  });

  it("is filtered by filters alone", () => {
    expect(isFiltered({ q: "a", sort: "newest" })).toBe(false);
    expect(isFiltered({ q: "", tag: "x" })).toBe(true);
  });
});
