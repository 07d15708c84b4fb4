import { splitWords } from "#lib/search/analysis/split-words.ts";

/** A tag as it is compared: its folded words, parted by single spaces. */
export const foldTag = (tag: string): string =>
  splitWords(tag)
    .map(({ word }) => word)
    .join(" ");
