import { describe, expect, it } from "vitest";
import { isFiltered, searchHref, toggledHref, unfiltered } from "./search-address.ts";

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

  it("stands below the page of a category or a tag", () => {
    const food = { place: "category", q: "", category: "food" } as const;
    expect(searchHref(food)).toBe("/categories/food");
    expect(searchHref({ ...food, sort: "newest" }, "xyz")).toBe("/categories/food?cursor=xyz");
    expect(toggledHref({ ...food, sort: "views" }, { name: "tag", value: "суп" })).toBe(
      `/categories/food?tag=${encodeURIComponent("суп")}&sort=views`,
    );
    expect(searchHref({ place: "tag", q: "", tag: "c/c++ 50%", duration: "short" })).toBe(
      "/tags/c%2Fc%2B%2B%2050%25?duration=short",
    );
    expect(isFiltered(food)).toBe(false);
    expect(isFiltered({ ...food, language: "uk" })).toBe(true);
    expect(searchHref(unfiltered({ ...food, language: "uk", tag: "x" }))).toBe("/categories/food");
    expect(searchHref(unfiltered({ q: "a", category: "food" }))).toBe("/search?q=a");
  });
});
