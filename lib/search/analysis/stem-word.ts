import { stemmer } from "stemmer";
import { remembered } from "#lib/search/analysis/remembered.ts";
import { initialsOfUkrainian, stemUkrainian } from "#lib/search/analysis/stem-ukrainian.ts";

/**
 * Raise it with every change of how texts are cut, folded or stemmed: indexes that were made by another analysis are made
 * anew.
 */
export const analysisVersion = 1;

const latin = /^[a-z]+$/;
const cyrillic = /^\p{Script=Cyrillic}+$/u;

/** What all forms of a folded word have in common: by Porter for Latin letters, by `stemUkrainian` for Cyrillic ones. */
export const stemWord = remembered((word: string): string => {
  if (latin.test(word)) return stemmer(word);
  return cyrillic.test(word) ? stemUkrainian(word) : word;
});

/**
 * The letters with which folded words of a stem begin, null for any: words that begin otherwise are none of its forms. Porter
 * keeps the first one.
 */
export const initialsOf = (stem: string): string | null =>
  cyrillic.test(stem) ? initialsOfUkrainian(stem) : stem.slice(0, 1);
