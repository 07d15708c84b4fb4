import { createTranslator } from "use-intl/core";
import { expect, test } from "vitest";
import { viewWords } from "#components/video/view-words.ts";
import { type Locale, locales } from "#lib/i18n/locale.ts";
import { messages } from "#lib/i18n/messages.ts";

const told = (locale: Locale) => (count: number) =>
  createTranslator({ locale, messages: messages[locale], namespace: "common" })(
    "views",
    viewWords({ count, locale }),
  ).replaceAll(/\s/gu, " ");

test("views are told in short, with the plural form of what is read", () => {
  expect(locales.toSorted()).toEqual(["en", "uk"]);
  expect([0, 1, 2, 999, 1_000, 1_234, 1_500_000].map(told("en"))).toEqual([
    ...["0 views", "1 view", "2 views", "999 views", "1K views", "1.2K views", "1.5M views"],
  ]);
  expect([0, 1, 2, 5, 1_234, 21_001].map(told("uk"))).toEqual([
    ...["0 переглядів", "1 перегляд", "2 перегляди", "5 переглядів", "1,2 тис. переглядів", "21 тис. переглядів"],
  ]);
});
