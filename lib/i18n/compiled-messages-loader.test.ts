import { readFileSync } from "node:fs";
import { createTranslator } from "use-intl/core";
import formatCompiled from "use-intl/format-message/format-only";
import { expect, it } from "vitest";
import { locales } from "#lib/i18n/locale.ts";
import { messages } from "#lib/i18n/messages.ts";
import { icuArguments } from "#scripts/validate/icu-arguments.ts";

type Tree = { [key: string]: string | Tree };
type Loader = (this: object, source: string) => void;

// Neither says its types: both are for the builder.
const { default: catalogLoader }: { default: Loader } = await import("next-intl/extractor/catalogLoader" as string);
const { default: asJson }: { default: (module: string) => string } = await import(
  "#lib/i18n/compiled-messages-loader.mjs" as string
);

const formatters = {
  getNumberFormat: (...input: ConstructorParameters<typeof Intl.NumberFormat>) => new Intl.NumberFormat(...input),
  getPluralRules: (...input: ConstructorParameters<typeof Intl.PluralRules>) => new Intl.PluralRules(...input),
  getDateTimeFormat: (...input: ConstructorParameters<typeof Intl.DateTimeFormat>) => new Intl.DateTimeFormat(...input),
};

/** What pages import in the place of a file of messages. */
const compiled = async (path: URL): Promise<Record<string, unknown>> => {
  const options = { messages: { format: "json", precompile: true } };
  const module = await new Promise<string>((resolve, reject) => {
    const done = (error: Error | null, text: string) => (error === null ? resolve(text) : reject(error));
    const context = { getOptions: () => options, async: () => done, resourcePath: path.pathname, rootContext: "/" };
    catalogLoader.call(context, readFileSync(path, "utf8"));
  });
  return JSON.parse(asJson(module));
};

const leaves = (tree: Tree, path: readonly string[] = []): (readonly [readonly string[], string])[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[[...path, key], value] as const] : leaves(value, [...path, key]),
  );

const at = (tree: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], tree);

const text = (value: unknown): string =>
  Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY).join("") : String(value);

/** Something for every argument of a message: the number, and marks around what tags enclose. */
const valuesFor = (message: string, number: number) =>
  Object.fromEntries(
    icuArguments(message).map((name) =>
      name.startsWith("<") ? [name.slice(1, -1), (inner: unknown) => `[${text(inner)}]`] : [name, number],
    ),
  );

it.each(locales)("says compiled what it says otherwise, in %s", async (locale) => {
  for (const [namespace, tree] of Object.entries(messages[locale] as Tree)) {
    const built = await compiled(new URL(`./messages/${locale}/${namespace}.json`, import.meta.url));
    const translate = createTranslator({ locale, messages: { all: tree } as never, namespace: "all" as never });
    for (const [path, message] of leaves(tree as Tree)) {
      for (const number of [0, 1, 2, 5, 21, 1234.5]) {
        const values = valuesFor(message, number) as never;
        const said = formatCompiled(path.join("."), at(built, path) as never, values, { formatters, locale } as never);
        const told = (translate as unknown as { rich: (key: string, values: never) => unknown }).rich(
          path.join("."),
          values,
        );
        expect.soft(text(said), `${namespace}.${path.join(".")}`).toBe(text(told));
      }
    }
  }
});
