/** Shortest word that is corrected: shorter ones are a letter apart from too many others. */
export const leastCorrected = 4;

/** FNV-1a over UTF-16 units, as a signed 32-bit integer: the same in every process, whatever the database's version. */
export const hashText = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash | 0;
};

/**
 * Hashes of a folded word and of every word that one missing letter makes of it, sorted. Words that are one typo apart (a
 * letter too much, too few, another one, or two that changed places) share one of them.
 */
export const deletionHashes = (word: string): number[] => {
  const letters = [...word];
  if (letters.length < leastCorrected) return [];
  const shortened = letters.map((_letter, at) => letters.toSpliced(at, 1).join(""));
  return [...new Set([word, ...shortened].map(hashText))].toSorted((a, b) => a - b);
};
