import { splitWords } from "#lib/search/analysis/split-words.ts";
import { stemWord } from "#lib/search/analysis/stem-word.ts";
import { tokenOf } from "#lib/search/typesense/tokens.ts";

/** Words that mean the same in what videos are called, in both languages; each group finds itself. */
const groups: readonly (readonly string[])[] = [
  ["film", "movie", "фільм", "кіно"],
  ["car", "auto", "автомобіль", "авто", "машина"],
  ["bike", "bicycle", "велосипед", "ровер"],
  ["phone", "smartphone", "телефон", "смартфон"],
  ["computer", "pc", "комп'ютер"],
  ["laptop", "notebook", "ноутбук"],
  ["photo", "picture", "фото", "світлина"],
  ["child", "kid", "дитина", "малюк"],
  ["holiday", "vacation", "відпустка", "канікули"],
  ["workout", "exercise", "тренування", "вправа"],
  ["song", "пісня"],
  ["house", "будинок", "оселя"],
];

/** A group as the server takes it: stems, as they stand in the index. */
export type SynonymItem = { id: string; synonyms: string[] };

/** All groups. */
export const synonymItems = (): SynonymItem[] =>
  groups.map((words, at) => ({
    id: `group-${at}`,
    synonyms: [
      ...new Set(words.flatMap((word) => splitWords(word).map(({ word: folded }) => tokenOf(stemWord(folded))))),
    ],
  }));
