import { type Locale, locales } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";
import { isCity } from "./cities.ts";
import { isLabelClass } from "./classes.ts";
import type { Place } from "./place-of-tags.ts";

/** A word in every language of the site. */
export type Words = Record<Locale, string>;

const say = (key: string): Words => {
  const word = (locale: Locale) => translator({ locale, namespace: "labels" })(key);
  return { en: word("en"), uk: word("uk") };
};

// A page of the index asks for hundreds of words.
const known = new Map<string, Words | null>();

/** What a kind of thing is called; null for one that this version does not know. */
export const wordsOfLabel = (label: string): Words | null => {
  if (!known.has(label)) known.set(label, isLabelClass(label) ? say(`words.${label}`) : null);
  return known.get(label) ?? null;
};

/** What a place is called: its city, else its coordinates, which are the same in every language. */
export const wordsOfPlace = ({ city, latitude, longitude }: Place & { city: string | null }): Words => {
  if (city !== null && isCity(city)) return say(`cities.${city}`);
  const text = `${latitude.toFixed(2)}, ${longitude.toFixed(2)}`;
  return { en: text, uk: text };
};

/** Whether a tag is one of these words, however it is written. */
export const isOneOf = (tag: string, words: Words): boolean =>
  locales.some((locale) => words[locale].toLowerCase() === tag.trim().toLowerCase());

/**
 * The words under which a video is found because of what was seen in it: those of open suggestions, and those of accepted ones as long
 * as the tag stands there, so that it is found in the other language too.
 */
export const searchedLabelWords = (input: {
  labels: readonly { label: string; state: "suggested" | "accepted" }[];
  tags: readonly string[];
}): string[] =>
  input.labels.flatMap(({ label, state }) => {
    const words = wordsOfLabel(label);
    if (words === null) return [];
    const counts = state === "suggested" || input.tags.some((tag) => isOneOf(tag, words));
    return counts ? locales.map((locale) => words[locale]) : [];
  });
