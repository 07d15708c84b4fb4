/** Letters that no decomposition takes apart, as people type them who have no key for them. */
const plainLetters: Record<string, string> = {
  ...{ ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" },
  // Was not in the alphabet for most of a century, stands beside no letter key on many keyboards, and parts hardly any words.
  ґ: "г",
};

const apostrophes = /['’ʼ`´ʹ]/gu;
const marks = /\p{M}/gu;

/** Letters of their own whose mark makes the difference: й is no и, ї is no і. */
const ownLetters = /[йї]/u;

const foldLetter = (letter: string): string =>
  plainLetters[letter] ?? (ownLetters.test(letter) ? letter : letter.normalize("NFD").replace(marks, ""));

/**
 * A word as it is compared: lower case, without accents (stress marks too) and apostrophes, so that "Café", "п'ять" and
 * "за́мок" are found however they are typed. Й, ї and є stay letters of their own.
 */
export const foldWord = (word: string): string => {
  const lower = word.toLowerCase();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII, which most words are made of
  if (/^[\u0000-\u007f]*$/.test(lower)) return lower.replace(apostrophes, "");
  let folded = "";
  for (const letter of lower.normalize("NFC").replace(apostrophes, "")) folded += foldLetter(letter);
  return folded.replace(marks, "");
};
