import { describe, expect, it } from "vitest";
import { otherSpelling } from "./other-spelling.ts";

describe("the other spelling of a word", () => {
  it.each([
    ["borshch", "борщ"],
    ["varenyky", "вареники"],
    ["kyiv", "київ"],
    ["ukraina", "україна"],
    ["karpaty", "карпати"],
    ["kharkiv", "харків"],
    ["zhyttia", "життя"],
    ["борщ", "borshch"],
    ["камера", "kamera"],
    ["львів", "lviv"],
  ])("%s is %s", (word, other) => {
    expect(otherSpelling(word)).toBe(other);
  });

  it("is none for numbers and mixed words", () => {
    expect(["2026", "h264", "ютуб2", "日本"].map(otherSpelling)).toEqual([null, null, null, null]);
  });
});
