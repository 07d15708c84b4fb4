import type { Tx } from "#lib/db/client.ts";
import { insertDeletions, numberStems, numberWords } from "#lib/db/queries/search/lexicon.ts";
import { deletionHashes } from "#lib/search/typos/deletions.ts";

/** Numbers of words and of stems. */
export type Numbers = { words: Map<string, number>; stems: Map<string, number> };

/**
 * Makes words (with their stems) known to the lexicon and gives all numbers. Under `lockIndex`. Words are never taken away:
 * one that stands nowhere any more counts no documents.
 */
export const numberLexicon = async (tx: Tx, words: ReadonlyMap<string, string>): Promise<Numbers> => {
  const stems = await numberStems(tx, [...new Set(words.values())].toSorted());
  const withStems = new Map(
    [...words]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([word, stem]): [string, number][] => {
        const stemId = stems.get(stem);
        return stemId === undefined ? [] : [[word, stemId]];
      }),
  );
  const { known, added } = await numberWords(tx, withStems);
  const deletions = added.flatMap(({ id, word }) => {
    // By its stem too: a typo may be made in a form that nobody has written yet.
    const hashes = new Set([...deletionHashes(word), ...deletionHashes(words.get(word) ?? word)]);
    return [...hashes].map((hash) => ({ hash, wordId: id }));
  });
  await insertDeletions(tx, deletions);
  return { words: known, stems };
};
