import { describe, expect, it } from "vitest";
import { foldWord } from "./fold-word.ts";
import { splitWords } from "./split-words.ts";
import { initialsOf, stemWord } from "./stem-word.ts";

const stemOf = (word: string) => stemWord(foldWord(word));

/** Forms of one word, a line each. */
const ukrainian = [
  "книга книги книгу книгою книг",
  "книжка книжки книжці книжок",
  "день дня дні днів",
  "пісня пісні пісень піснями",
  "хлопець хлопця хлопці хлопцями",
  "вечір вечора вечори",
  "ніч ночі",
  "кіт кота коти котами",
  "місто міста містом містами містах",
  "вулиця вулиці вулицею вулиць",
  "дорога дороги дорозі доріг",
  "рука руки руці руками рук",
  "подорож подорожі подорожей подорожами",
  "ліс лісу ліси лісом лісів",
  "фільм фільми фільму фільмів",
  "урок уроки уроків уроку",
  "рецепт рецепти рецептів рецептом",
  "борщ борщу борщі борщем",
  "музика музики музику музикою музиці",
  "гравець гравця гравці",
  "новина новини новин новинами",
  "життя життю життям",
  "навчання навчанню навчанням",
  "зелений зелена зелене зелені зеленого зеленому зеленими зелених",
  "новий нова нового новими нові новіший",
  "синій синя синього сині",
  "український українська української українською українських",
  "готувати готую готує готували готувала готують готування",
  "робити робив робила робить роблять",
  "писати писав писала писали",
  "читати читає читаю читав читали",
  "співати співає співали співала",
  "комп'ютер комп’ютера компʼютери компютерів",
  "програмування програмуванню програмуванням",
  "учитель учителя учителі",
  "вікно вікна вікон",
  "школа школу школі шкіл",
  "Київ Києва Києві",
  "Львів Львова Львові",
  "Харків Харкова Харкові",
  "історія історії історією історій",
  "собака собаки собак собакою",
  "велосипед велосипеди велосипедом",
  "навчитися навчився навчилася",
].map((line) => line.split(" "));

const english = [
  "cook cooks cooked cooking",
  "recipe recipes",
  "run runs running",
  "story stories",
  "play plays played playing",
  "photograph photographs photographed",
].map((line) => line.split(" "));

const different = [
  ...["кіт кит", "кіт кут", "ліс лист", "ліс лис", "гора горло", "море мороз", "мова мода", "книга князь", "дім дама"],
  ...[
    "сир сирота",
    "рік річка",
    "мед мода",
    "місто місце",
    "стіл стіна",
    "пісня пісок",
    "школа шкіра",
    "король королева",
  ],
  ...["лимон лиман", "собака собор", "їх их", "cat car", "planet plan", "house horse"],
].map((line) => line.split(" "));

describe("the stem of a word", () => {
  it.each([...ukrainian, ...english])("is one for %s and %s", (...forms) => {
    expect(new Set(forms.map(stemOf)).size, forms.map((form) => `${form}:${stemOf(form)}`).join(" ")).toBe(1);
  });

  it.each(different)("is not one for %s and %s", (one, other) => {
    expect(stemOf(one ?? "")).not.toBe(stemOf(other ?? ""));
  });

  it("tells with which letters its words begin, whatever letters they are made of", () => {
    let seed = 1;
    const next = (below: number) => {
      seed = (seed * 48271) % 2147483647;
      return seed % below;
    };
    const wordOf = (letters: string) =>
      Array.from({ length: 1 + next(9) }, () => letters[next(letters.length)]).join("");
    const made = Array.from({ length: 30_000 }, () =>
      wordOf(next(2) === 0 ? "abeilnsty" : "абвгдеєзиіїйклнопртухцчьюя"),
    );
    const words = [...made, ...["ігор", "день", "осінь", "імя", "h264", "4k"], ...[...ukrainian, ...english].flat()];
    const mayBegin = (word: string) => initialsOf(stemWord(word))?.includes(word.slice(0, 1)) ?? true;
    const wrong = words.map(foldWord).filter((word) => !mayBegin(word));
    expect(wrong).toEqual([]);
  });

  it("is the word itself for numbers and what has digits", () => {
    expect(["2026", "h264", "4k"].map(stemWord)).toEqual(["2026", "h264", "4k"]);
  });
});

describe("a folded word", () => {
  it.each([
    ["Café", "cafe"],
    ["CAFE\u0301", "cafe"],
    ["за́мок", "замок"],
    ["п'ять", "пять"],
    ["п’ять", "пять"],
    ["Ґанок", "ганок"],
    ["Straße", "strasse"],
    ["ŁÓDŹ", "lodz"],
    ["ЇЖАК", "їжак"],
    ["Йога", "йога"],
    ["и\u0306ога", "йога"],
    ["Єнот", "єнот"],
  ])("of %s is %s", (raw, folded) => {
    expect(foldWord(raw)).toBe(folded);
  });

  it("is the same when it is folded again", () => {
    for (const word of ["Café", "за́мок", "п’ять", "ЇЖАК", "Straße"])
      expect(foldWord(foldWord(word))).toBe(foldWord(word));
  });
});

describe("words of a text", () => {
  it("are letters and digits with where they stand", () => {
    const text = "Борщ: 5 рецептів, don't!";
    const words = splitWords(text);
    expect(words.map(({ word }) => word)).toEqual(["борщ", "5", "рецептів", "dont"]);
    expect(words.map(({ start, end }) => text.slice(start, end))).toEqual(["Борщ", "5", "рецептів", "don't"]);
  });

  it("come apart at hyphens and know the whole", () => {
    expect(splitWords("Wi-Fi науково-технічний")).toEqual([
      { word: "wi", start: 0, end: 2, joined: "wifi" },
      { word: "fi", start: 3, end: 5, joined: "wifi" },
      { word: "науково", start: 6, end: 13, joined: "науковотехнічний" },
      { word: "технічний", start: 14, end: 23, joined: "науковотехнічний" },
    ]);
  });

  it("of signs alone are none, and one without end is cut", () => {
    expect(splitWords("— … !!! '' -")).toEqual([]);
    expect(splitWords("x".repeat(5000))[0]?.word).toHaveLength(40);
  });
});
