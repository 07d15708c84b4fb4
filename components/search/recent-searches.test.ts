import { describe, expect, it } from "vitest";
import { recentSearches } from "./recent-searches.ts";

const memory = () => {
  const held = new Map<string, string>();
  return {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
    held,
  };
};

describe("the last searches of a browser", () => {
  it("keeps each once, the latest first, and no more than eight", () => {
    const storage = memory();
    const recent = recentSearches(() => storage);
    for (const search of ["borscht", "гори", "  Borscht  ", "   "]) recent.keep(search);
    expect(recent.read()).toEqual(["Borscht", "гори"]);
    for (let at = 0; at < 12; at += 1) recent.keep(`search ${at}`);
    expect(recent.read()).toHaveLength(8);
    recent.clear();
    expect(recent.read()).toEqual([]);
  });

  it("is empty where nothing may be kept, and where something else wrote", () => {
    const refused = recentSearches(() => {
      throw new DOMException("denied", "SecurityError");
    });
    refused.keep("borscht");
    refused.clear();
    expect(refused.read()).toEqual([]);
    const storage = memory();
    storage.held.set("kinora:recent-searches", '{"a":1}');
    expect(recentSearches(() => storage).read()).toEqual([]);
    storage.held.set("kinora:recent-searches", '["a",5');
    expect(recentSearches(() => storage).read()).toEqual([]);
  });
});
