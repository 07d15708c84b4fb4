import { describe, expect, it } from "vitest";
import { stemWord } from "#lib/search/analysis/stem-word.ts";
import { tokenOf, tokensOfText, wordOf } from "./tokens.ts";

describe("tokens", () => {
  it("are plain ASCII for Cyrillic words, a sign for each letter, and lead back to them", () => {
    for (const word of [
      "борщ",
      "вареники",
      "їжак",
      "підʼїзд".replace("ʼ", ""),
      "ґанок".replace("ґ", "г"),
      "ёлка".replace("ё", "е"),
      "мышь",
    ]) {
      expect(tokenOf(word)).toMatch(/^0[a-z0-9]+$/);
      expect(tokenOf(word)).toHaveLength(word.length + 1);
      expect(wordOf(tokenOf(word)), word).toBe(word);
    }
  });

  it("are different for different letters", () => {
    const letters = [..."абвгдеєжзиіїйклмнопрстуфхцчшщьюяыэъ"];
    expect(new Set(letters.map(tokenOf)).size).toBe(letters.length);
  });

  it("leave all other words and numbers alone", () => {
    for (const word of ["borscht", "2026", "007", "00", "x0", "日本", "λόγος"]) {
      expect(tokenOf(word)).toBe(word);
      expect(wordOf(word)).toBe(word);
    }
  });

  it("of a text are its stems and words, each once, words with hyphens as a whole too", () => {
    const { stems, words } = tokensOfText("Рецепти борщу: wi-fi, рецепти");
    expect(stems.map(wordOf)).toEqual(["рецепти", "борщу", "wi", "wifi", "fi"].map(stemWord));
    expect(words.map(wordOf)).toEqual(["рецепти", "борщу", "wi", "wifi", "fi"]);
  });
});
