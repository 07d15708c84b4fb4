import { readdirSync } from "node:fs";
import { createTranslator } from "use-intl/core";
import { describe, expect, it } from "vitest";
import { type Locale, locales } from "#lib/i18n/locale.ts";
import { messages } from "#lib/i18n/messages.ts";

type Tree = { [key: string]: string | Tree };

const leaves = (tree: Tree, path = ""): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[`${path}${key}`, value] as [string, string]] : leaves(value, `${path}${key}.`),
  );

const all = (locale: Locale) => leaves(messages[locale] as Tree);

/** Names of the plural arguments of a message. */
const plurals = (text: string) => [...text.matchAll(/\{(\w+),\s*plural,/g)].map((match) => match[1]);

describe("messages", () => {
  it.each(locales)("registers every file of %s", (locale) => {
    const files = readdirSync(new URL(`./messages/${locale}/`, import.meta.url)).map((name) =>
      name.replace(".json", ""),
    );
    expect(Object.keys(messages[locale]).toSorted()).toEqual(files.toSorted());
  });

  it("has every message in every language", () => {
    const [first, ...others] = locales.map((locale) =>
      all(locale)
        .map(([key]) => key)
        .toSorted(),
    );
    for (const keys of others) expect(keys).toEqual(first);
  });

  it("takes the same arguments in every language", () => {
    const names = (text: string) =>
      [
        ...new Set(
          [...text.matchAll(/(?<!(?:zero|one|two|few|many|other|=\d+)\s*)\{(\w+)\s*[,}]/g)].map((match) => match[1]),
        ),
      ].toSorted();
    const english = new Map(all("en"));
    for (const [key, text] of all("uk")) {
      if (text.includes("select,")) continue;
      expect.soft({ key, names: names(text) }).toEqual({ key, names: names(english.get(key) ?? "") });
    }
  });

  it("gives every Ukrainian plural the forms one, few and many", () => {
    for (const [key, text] of all("uk")) {
      for (const _argument of plurals(text)) {
        for (const form of ["one {", "few {", "many {", "other {"]) expect.soft(text, key).toContain(form);
      }
    }
  });

  it.each(locales)("is well-formed in %s", (locale) => {
    const faults: string[] = [];
    const translate = createTranslator({
      locale,
      messages: messages[locale],
      onError: (error) => {
        if (error.code === "INVALID_MESSAGE") faults.push(error.message);
      },
    });
    for (const [key] of all(locale)) translate(key);
    expect(faults).toEqual([]);
  });
});
