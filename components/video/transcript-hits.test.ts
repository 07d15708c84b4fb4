import { describe, expect, it } from "vitest";
import { findHits, hitFrom, stepHit } from "#components/video/transcript-hits.ts";
import { lineAt } from "#components/video/transcript-line.ts";

const lines = ["Добрий ранок", "П’ять хвилин\nранку", "Ranok, RANOK"].map((text, index) => ({
  ...{ text, startMs: index * 1000, endMs: index * 1000 + 900 },
}));

describe("looking for words in a transcript", () => {
  it("finds every place, whatever the case", () => {
    expect(findHits(lines, "ранок")).toEqual([{ line: 0, start: 7, end: 12 }]);
    expect(findHits(lines, "  ranok ")).toEqual([
      { line: 2, start: 0, end: 5 },
      { line: 2, start: 7, end: 12 },
    ]);
  });

  it("takes each apostrophe for the other, and a line feed for a space", () => {
    expect(findHits(lines, "п'ять")).toEqual([{ line: 1, start: 0, end: 5 }]);
    expect(findHits(lines, "хвилин  ранку")).toEqual([{ line: 1, start: 6, end: 18 }]);
  });

  it("marks what is shown where letters change their length", () => {
    const [hit] = findHits([{ text: "İİ end", startMs: 0, endMs: 1 }], "end");
    expect("İİ end".slice(hit?.start, hit?.end)).toBe("end");
  });

  it("finds nothing for nothing", () => {
    expect(findHits(lines, "   ")).toEqual([]);
    expect(hitFrom([], 0)).toBe(-1);
    expect(stepHit({ count: 0, current: -1, step: 1 })).toBe(-1);
  });

  it("begins at the line that is being said and goes round", () => {
    const hits = findHits(lines, "ran");
    expect(hitFrom(hits, 1)).toBe(0);
    expect(hitFrom(findHits(lines, "ран"), 2)).toBe(0);
    expect(stepHit({ count: 2, current: 1, step: 1 })).toBe(0);
    expect(stepHit({ count: 2, current: 0, step: -1 })).toBe(1);
  });
});

describe("lineAt", () => {
  it("is the last line that has begun", () => {
    expect(lineAt(lines, -1)).toBe(-1);
    expect(lineAt(lines, 0)).toBe(0);
    expect(lineAt(lines, 1999)).toBe(1);
    expect(lineAt(lines, 90_000)).toBe(2);
    expect(lineAt([], 5)).toBe(-1);
  });
});
