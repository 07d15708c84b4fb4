/**
 * Endings that are taken off, longest first. One list for nouns, adjectives and verbs: a search need not know what a word is,
 * only that its forms meet.
 */
const endings = [
  // adjectives and participles, with degrees
  ...["ішого", "ішому", "ішими", "іший", "іша", "іше", "іші", "іших", "ішою", "ішу", "ішим", "ішій", "ішої"],
  ...["ього", "ьому", "ого", "ому", "ими", "іми", "їми", "ої", "ьої", "ою", "ьою", "ій", "ий", "їй", "их", "іх", "їх"],
  ...["им", "ім", "їм", "а", "я", "у", "ю", "е", "є", "і", "ї", "ую", "юю", "ая", "яя", "еє", "ії"],
  // nouns
  ...["ами", "ями", "ові", "еві", "єві", "ах", "ях", "ам", "ям", "ом", "ем", "єм", "ів", "їв", "ей", "єй", "ею", "єю"],
  ...["ію", "ією", "ія", "іям", "іями", "іях", "о", "и", "ь", "й"],
  // verbs
  ...["ювати", "увати", "ювала", "ювали", "увала", "ували", "ювало", "увало", "ював", "ував", "ювання", "ування"],
  ...["юємо", "уємо", "юєте", "уєте", "юють", "ують", "юєш", "уєш", "ює", "ує", "ювань", "увань", "уванню", "юванню"],
  ...["уванням", "юванням", "уваннями", "юваннями", "уваннях", "юваннях"],
  ...["ати", "яти", "ити", "іти", "їти", "ала", "яла", "ила", "іла", "їла"],
  ...["али", "яли", "или", "іли", "їли", "ало", "яло", "ило", "іло", "ав", "яв", "ив", "ув", "ає", "яє"],
  ...[
    "аю",
    "яю",
    "аєш",
    "яєш",
    "аємо",
    "яємо",
    "аєте",
    "яєте",
    "ають",
    "яють",
    "ать",
    "ять",
    "уть",
    "ють",
    "ить",
    "їть",
  ],
  ...[
    "еш",
    "єш",
    "иш",
    "їш",
    "емо",
    "ємо",
    "имо",
    "їмо",
    "ете",
    "єте",
    "ите",
    "їте",
    "іть",
    "айте",
    "яйте",
    "йте",
    "ай",
    "яй",
  ],
  ...["ання", "яння", "ення", "іння", "єння", "ань", "янь", "анню", "енню", "анням", "енням", "янням"],
  ...[
    "аннями",
    "еннями",
    "аннях",
    "еннях",
    "ований",
    "ована",
    "оване",
    "овані",
    "ованого",
    "ованій",
    "ованих",
    "ованим",
  ],
];

const byLength = [...new Set(endings)].toSorted((a, b) => b.length - a.length);
const vowel = /[аеєиіїоуюя]/u;

/** Whether enough of a word is left: "моя" is not cut to a letter, and "Київ" is no plural. */
const isLongEnough = (word: string, ending: string): boolean => {
  const rest = word.length - ending.length;
  if (rest === 2) return ending.length === 1 || (ending.length < 4 && !vowel.test(word.slice(0, 2)));
  return rest > 2;
};

const withoutReflexive = (word: string): string =>
  word.length > 5 && (word.endsWith("ся") || word.endsWith("сь")) ? word.slice(0, -2) : word;

const withoutEnding = (word: string): string => {
  const ending = byLength.find((one) => word.endsWith(one) && isLongEnough(word, one));
  return ending === undefined ? word : word.slice(0, -ending.length);
};

/** Forms of very common words that no rule brings to their others. */
const irregular: Record<string, string> = { день: "дн", ігор: "гр", осінь: "осен" };

/** Consonants that change before an ending (нога, нозі, ніжка) become one. */
const alternating: Record<string, string> = { ц: "к", ч: "к", з: "г", ж: "г", ш: "х", щ: "ск" };

const settle = (stem: string): string => {
  let settled = stem.replace(/ь$/u, "").replace(/([бвгджзклмнпрстфхцчшщ])\1$/u, "$1");
  if (settled.length > 3) {
    settled = settled
      // A vowel that only some forms have: книжок and книжка, пісень and пісня, хлопець and хлопця.
      .replace(/(..[бвгджзклмнпрстфхцчшщ])[ое]([кнцл])$/u, "$1$2")
      // A soft sign that only some have: учителька, учительок.
      .replace(/ь([кнцл])$/u, "$1")
      // A consonant that only some have: робить, роблять.
      .replace(/([бпвмф])л$/u, "$1");
  }
  // Харків, Харкова: the ending of the first is a plural's too.
  if (settled.length > 4) settled = settled.replace(/[оеє]в$/u, "");
  const last = settled.at(-1) ?? "";
  const calm = alternating[last];
  return calm === undefined ? settled : settled.slice(0, -1) + calm;
};

/** An і of a closed syllable that is о in an open one, and an ї that is є: вечір, вечора; Київ, Києва. */
const withoutClosedVowel = (stem: string): string =>
  stem.replace(/і([бвгджзклмнпрстфхцчшщ]{1,2})$/u, "о$1").replace(/ї([бвгджзклмнпрстфхцчшщ])$/u, "є$1");

/**
 * The stem of a Ukrainian word that is folded (lower case, no apostrophes). Made to let forms of one word meet, not to be
 * read; the tests list what meets and what does not.
 */
export const stemUkrainian = (word: string): string => {
  if (word.length < 3) return word;
  const known = irregular[word];
  if (known !== undefined) return known;
  const bare = withoutEnding(withoutReflexive(word));
  return withoutClosedVowel(settle(bare));
};

/** What a first letter was before: of a short word the closed vowel is the first one. */
const formerInitials: Record<string, string> = { о: "і", є: "ї" };

/** Shortest stem of which the first letter was not the last one too, which changes. */
const leastKept = 3;

/** The letters with which words of such a stem begin, null for any; see `stemUkrainian`. */
export const initialsOfUkrainian = (stem: string): string | null => {
  if (stem.length < leastKept) return null;
  const [first = ""] = stem;
  return `${first}${formerInitials[first] ?? ""}`;
};
