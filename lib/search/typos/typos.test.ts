import { describe, expect, it } from "vitest";
import { deletionHashes, hashText } from "./deletions.ts";
import { isOneTypo } from "./is-one-typo.ts";

const near = [
  ["борщ", "борщь"],
  ["рецепт", "рецпет"],
  ["рецепт", "рецебт"],
  ["рецепт", "ецепт"],
  ["camera", "camra"],
  ["camera", "cmaera"],
  ["camera", "camerra"],
] as const;
const far = [
  ["camera", "camera"],
  ["camera", "kamerra"],
  ["camera", "cremaa"],
  ["рецепт", "рцпет"],
  ["abcd", "badc"],
] as const;

describe("a typo", () => {
  it.each(near)("parts %s and %s", (one, other) => {
    expect(isOneTypo(one, other)).toBe(true);
    expect(isOneTypo(other, one)).toBe(true);
  });

  it.each(far)("is not what parts %s and %s", (one, other) => {
    expect(isOneTypo(one, other)).toBe(false);
  });

  it("leaves a hash in common", () => {
    for (const [one, other] of near) {
      const hashes = new Set(deletionHashes(one));
      expect(
        deletionHashes(other).some((hash) => hashes.has(hash)),
        `${one} ${other}`,
      ).toBe(true);
    }
  });

  it("is not looked for in short words", () => {
    expect(deletionHashes("кіт")).toEqual([]);
  });
});

describe("the hash of a text", () => {
  it("never changes: it is stored", () => {
    expect([hashText("борщ"), hashText("camera"), hashText("")]).toEqual([981312033, -1631676338, -2128831035]);
    expect(hashText("a")).toBe(-468965076);
  });
});
