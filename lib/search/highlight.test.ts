import { describe, expect, it } from "vitest";
import { makeMarker } from "./highlight.ts";

const marked = (text: string, words: string[]) =>
  makeMarker(words)
    .ranges(text)
    .map(({ start, end }) => text.slice(start, end));

describe("marks in a text", () => {
  it("stand on every form of the words, with their accents and apostrophes", () => {
    expect(marked("Рецепти борщу: борщ із м'ясом", ["борщ", "мясо"])).toEqual(["борщу", "борщ", "м'ясом"]);
    expect(marked("Café & CAFES", ["cafe"])).toEqual(["Café", "CAFES"]);
  });

  it("stand on forms that begin with another letter, and however a letter is written", () => {
    expect(marked("Вечір ігор", ["гра"])).toEqual(["ігор"]);
    expect(marked("Йога, и\u0306ога, Їжак, і\u0308жак", ["йога", "їжак"])).toEqual([
      ...["Йога", "и\u0306ога", "Їжак", "і\u0308жак"],
    ]);
    expect(marked("Ґанок ЁЛКА Élan ﬁnal", ["ганок", "elan"])).toEqual(["Ґанок", "Élan"]);
  });

  it("stand on words with hyphens that were searched for as one", () => {
    expect(marked("Wi-Fi вдома", ["wifi"])).toEqual(["Wi", "Fi"]);
  });

  it("are none where nothing fits", () => {
    expect(makeMarker(["борщ"]).whole("Нічого")).toBeNull();
    expect(makeMarker(["борщ"]).piece("Нічого")).toBeNull();
  });

  it("take markup for text", () => {
    expect(marked("<b>борщ</b>", ["борщ"])).toEqual(["борщ"]);
  });
});

describe("a piece of a long text", () => {
  const filler = "слово ".repeat(100);

  it("holds the first mark, is short, and its marks fit", () => {
    const piece = makeMarker(["борщ"]).piece(`${filler}борщ зі сметаною ${filler} борщ`);
    expect(piece?.text.length).toBeLessThan(225);
    expect(piece?.ranges.map(({ start, end }) => piece.text.slice(start, end))).toEqual(["борщ"]);
    expect(piece?.text.startsWith("…слово")).toBe(true);
    expect(piece?.text.endsWith("…")).toBe(true);
  });

  it("is the whole of a short one", () => {
    expect(makeMarker(["борщ"]).piece("Мій борщ")).toEqual({ text: "Мій борщ", ranges: [{ start: 4, end: 8 }] });
  });

  it("is cut nowhere inside a mark, however long the words are", () => {
    const long = "ы".repeat(500);
    for (const text of [`${long} борщ ${long}`, `${long}\n\n борщ`, `борщ${" ".repeat(300)}${long}`]) {
      const piece = makeMarker(["борщ"]).piece(text);
      expect(piece?.ranges.map(({ start, end }) => piece.text.slice(start, end))).toEqual(["борщ"]);
    }
  });
});
