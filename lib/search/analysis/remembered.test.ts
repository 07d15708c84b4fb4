import { describe, expect, it } from "vitest";
import { remembered } from "./remembered.ts";

describe("a function that remembers", () => {
  it("gives what the function gives, which is asked once a word", () => {
    const asked: string[] = [];
    const upper = remembered((word) => {
      asked.push(word);
      return word.toUpperCase();
    });
    expect(["a", "b", "a", "a"].map(upper)).toEqual(["A", "B", "A", "A"]);
    expect(asked).toEqual(["a", "b"]);
  });

  it("forgets what was not asked for in a long while, and keeps what was", () => {
    const counts = new Map<string, number>();
    const same = remembered((word) => {
      counts.set(word, (counts.get(word) ?? 0) + 1);
      return word;
    });
    for (const word of ["rare", "common"]) same(word);
    for (let at = 0; at < 60_000; at += 1) {
      same(`word${at}`);
      if (at % 1000 === 0) same("common");
    }
    for (const word of ["rare", "common"]) expect(same(word)).toBe(word);
    expect(counts.get("common")).toBe(1);
    expect(counts.get("rare")).toBe(2);
  });
});
