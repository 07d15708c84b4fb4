/** Ukrainian letters by how they are written in Latin ones (Resolution 55 of the Cabinet of Ministers, 2010), longest first. */
const toCyrillic: readonly (readonly [string, string])[] = [
  ...([
    ["shch", "щ"],
    ["zgh", "зг"],
  ] as const),
  ...([
    ["zh", "ж"],
    ["kh", "х"],
    ["ts", "ц"],
    ["ch", "ч"],
    ["sh", "ш"],
  ] as const),
  ...([
    ["ya", "я"],
    ["ia", "я"],
    ["yu", "ю"],
    ["iu", "ю"],
    ["ye", "є"],
    ["ie", "є"],
    ["yo", "йо"],
    ["io", "йо"],
  ] as const),
  ...([
    ["a", "а"],
    ["b", "б"],
    ["v", "в"],
    ["w", "в"],
    ["h", "г"],
    ["g", "г"],
    ["d", "д"],
    ["e", "е"],
    ["z", "з"],
  ] as const),
  ...([
    ["y", "и"],
    ["i", "і"],
    ["j", "й"],
    ["k", "к"],
    ["c", "к"],
    ["q", "к"],
    ["l", "л"],
    ["m", "м"],
    ["n", "н"],
  ] as const),
  ...([
    ["o", "о"],
    ["p", "п"],
    ["r", "р"],
    ["s", "с"],
    ["t", "т"],
    ["u", "у"],
    ["f", "ф"],
    ["x", "кс"],
  ] as const),
];

const toLatin: Record<string, string> = {
  ...{
    а: "a",
    б: "b",
    в: "v",
    г: "h",
    д: "d",
    е: "e",
    є: "ie",
    ж: "zh",
    з: "z",
    и: "y",
    і: "i",
    ї: "i",
    й: "i",
    к: "k",
  },
  ...{ л: "l", м: "m", н: "n", о: "o", п: "p", р: "r", с: "s", т: "t", у: "u", ф: "f", х: "kh", ц: "ts", ч: "ch" },
  ...{ ш: "sh", щ: "shch", ь: "", ю: "iu", я: "ia" },
};

const intoCyrillic = (word: string): string => {
  let spelled = "";
  for (let at = 0; at < word.length; ) {
    const pair = toCyrillic.find(([latin]) => word.startsWith(latin, at));
    if (pair === undefined) return word;
    // Ї is written like і, but stands after vowels.
    spelled += pair[0] === "i" && /[аеиоу]$/u.test(spelled) ? "ї" : pair[1];
    at += pair[0].length;
  }
  return spelled;
};

/**
 * A folded word in the other alphabet: "borshch" as "борщ", "борщ" as "borshch"; null for what is neither. What Latin letters do
 * not tell apart (soft signs) is left to the forgiving of typos.
 */
export const otherSpelling = (word: string): string | null => {
  if (/^[a-z]+$/.test(word)) return intoCyrillic(word);
  if (!/^[а-щьюяєії]+$/u.test(word)) return null;
  return [...word].map((letter) => toLatin[letter] ?? letter).join("");
};
