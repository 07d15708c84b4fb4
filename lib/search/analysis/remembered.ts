/** How many words of one generation are remembered: a few megabytes for each function. */
const mostOfGeneration = 20_000;

/** A string of its own: a part of a text would keep the whole text in memory. */
const ownCopy = (word: string): string => Buffer.from(word, "utf16le").toString("utf16le");

/**
 * A pure function of a word that remembers what it gave for the last some ten thousand words: few words make up most of all
 * texts, and the same results are marked again and again. Words that were not asked for in a whole generation are forgotten.
 */
export const remembered = <T>(of: (word: string) => T): ((word: string) => T) => {
  let [now, before] = [new Map<string, T>(), new Map<string, T>()];
  return (word) => {
    const known = now.get(word);
    if (known !== undefined) return known;
    const own = ownCopy(word);
    const made = before.get(own) ?? of(own);
    if (now.size >= mostOfGeneration) [now, before] = [new Map(), now];
    now.set(own, made);
    return made;
  };
};
