import { NextIntlClientProvider } from "next-intl";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Operation } from "#components/api-docs/operation.tsx";
import { locales } from "#lib/i18n/locale.ts";
import { messages } from "#lib/i18n/messages.ts";
import { getArea, listAreas, type ShownOperation } from "#lib/web/openapi/docs/areas.ts";

const drawn = (operation: ShownOperation, locale: (typeof locales)[number]): string => {
  const children = createElement(Operation, { operation });
  const around = { locale, messages: messages[locale], timeZone: "UTC", children };
  return renderToStaticMarkup(createElement(NextIntlClientProvider, around));
};

/** What a reader sees: without marks, and without the backticks that become code. */
const wordsOf = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&#x27;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

test.each(locales)(
  "every operation's page (%s) draws its description with its words of code",
  { timeout: 30_000 },
  (locale) => {
    for (const { slug } of listAreas()) {
      const { operations } = getArea(slug, "https://videos.example") ?? { operations: [] };
      expect(operations, slug).not.toEqual([]);
      for (const operation of operations) {
        const html = drawn(operation, locale);
        const { id, description } = operation;
        expect(wordsOf(html), id).toContain(description?.replaceAll("`", "") ?? "a description");
        expect((description?.match(/`/g) ?? []).length % 2, id).toBe(0);
        for (const [, code] of description?.matchAll(/`([a-z_]+)`/g) ?? [])
          expect(html, id).toContain(`>${code}</code>`);
      }
    }
  },
);
