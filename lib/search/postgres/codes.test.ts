import { describe, expect, it } from "vitest";
import type { SearchDocument } from "#lib/search/engine.ts";
import {
  codeInTitle,
  codeOfStem,
  codesOfWeights,
  everyWeight,
  termsOfDocument,
  termsOfFilters,
  titleWeights,
} from "./codes.ts";

const document: SearchDocument = {
  videoId: "0198c0de-0000-7000-8000-000000000001",
  channelId: "0198c0de-0000-7000-8000-000000000002",
  channelName: "Кухня",
  channelHandle: "kuhnia",
  title: "Борщ",
  description: "",
  tags: ["Українська кухня", "Soup"],
  chapters: [],
  labels: [],
  category: "food",
  language: "uk",
  durationMs: 240_000,
  publishedAt: new Date(0),
  views: 0,
  captions: [],
  fingerprint: "x",
};

const common = (one: readonly number[], other: readonly number[]) => one.filter((code) => other.includes(code)).length;

describe("codes of a document", () => {
  it("tell stems of the title from others", () => {
    expect(new Set([codeOfStem(1), codeInTitle(1), codeOfStem(2), codeInTitle(2)]).size).toBe(4);
  });

  it("add up to the weight of what is asked for", () => {
    const weights = codesOfWeights(
      new Map([
        [1, { inTitle: true, beside: 2 }],
        [2, { inTitle: false, beside: 40 }],
      ]),
    );
    expect(common(weights, everyWeight([1]))).toBe(10);
    expect(common(weights, everyWeight([2]))).toBe(7);
    expect(common(weights, everyWeight([1, 2, 3]))).toBe(17);
    expect(common(weights, titleWeights([1, 2, 3]))).toBe(1);
    expect(weights).toEqual(weights.toSorted((a, b) => a - b));
  });

  it("pass the filters that fit and no others", () => {
    const terms = termsOfDocument(document);
    const passes = (filters: Parameters<typeof termsOfFilters>[0]) =>
      termsOfFilters(filters).every((code) => terms.includes(code));
    expect(passes({})).toBe(true);
    expect(
      passes({ category: "food", language: "uk", tag: "українська КУХНЯ", duration: "medium", captions: false }),
    ).toBe(true);
    expect(passes({ channelId: document.channelId })).toBe(true);
    expect(passes({ category: "music" })).toBe(false);
    expect(passes({ tag: "кухня" })).toBe(false);
    expect(passes({ captions: true })).toBe(false);
    expect(passes({ duration: "short" })).toBe(false);
    expect(terms.every((code) => code < 0 && Number.isInteger(code))).toBe(true);
  });
});
