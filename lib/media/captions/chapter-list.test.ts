import { describe, expect, test } from "vitest";
import { chaptersOfDescription } from "#lib/media/captions/chapter-lines.ts";
import { tidyChapters } from "#lib/media/captions/chapter-list.ts";

const of = (description: string, durationMs: number | null = 7_200_000) =>
  chaptersOfDescription({ description, durationMs }).map(({ startMs, title }) => [startMs / 1000, title]);

describe("chapters of a description", () => {
  test("are lines that begin with rising times from 0:00 on", () => {
    const text =
      "Про фільм: о 19:30 у нас\n\n0:00 Вступ\n01:05 - Розмова\n • [10:00] Музика: жива\n1:02:03 | Кінець\nдякую";
    expect(of(text)).toEqual([
      [0, "Вступ"],
      [65, "Розмова"],
      [600, "Музика: жива"],
      [3723, "Кінець"],
    ]);
  });

  test("are lines that end with them, when none begin so", () => {
    expect(of("Зміст:\n- Вступ 0:00\nРозмова — 01:05\nThe end (1:02:03)\nдякую")).toEqual([
      [0, "Вступ"],
      [65, "Розмова"],
      [3723, "The end"],
    ]);
    expect(of("0:00 Вступ\n1:00 Далі\n2:00 Кінець\nстрім о 19:30")).toHaveLength(3);
  });

  test.each([
    ["too few at the ends of lines", "a 0:00\nb 1:00"],
    ["words that touch the time", "a0:00\nb1:00\nc2:00"],
    ["too few", "0:00 a\n1:00 b"],
    ["no beginning at zero", "0:10 a\n1:00 b\n2:00 c"],
    ["falling times", "0:00 a\n2:00 b\n1:00 c"],
    ["times in the middle of lines", "at 0:00 a\nat 1:00 b\nat 2:00 c"],
    ["times without words", "0:00\n1:00\n2:00"],
    ["clock times and scores", "3:1 a\n12:345 b\n1:2:3:4 c"],
    ["beyond the end", "0:00 a\n1:00 b\n9:00:00 c"],
  ])("%s: none", (_name, text) => {
    expect(of(text)).toEqual([]);
  });

  test("long hostile lines cost nothing", () => {
    const began = performance.now();
    of(`${"- ".repeat(5_000)}\n${"0:00 ".repeat(2_000)}\n${" ".repeat(10_000)}`);
    expect(performance.now() - began).toBeLessThan(500);
  });
});

test("chapters are put in order, inside the video, one per start, with names", () => {
  const chapters = [
    { startMs: 5_000, title: " Two\n\u0000 words " },
    { startMs: -20, title: "" },
    { startMs: 5_000, title: "again" },
    { startMs: 60_000, title: "after the end" },
    { startMs: Number.NaN, title: "nowhere" },
  ];
  expect(tidyChapters({ chapters, durationMs: 60_000 })).toEqual([
    { startMs: 0, title: "1" },
    { startMs: 5_000, title: "Two words" },
  ]);
  expect(tidyChapters({ chapters: chapters.slice(0, 1), durationMs: null })).toEqual([]);
});
