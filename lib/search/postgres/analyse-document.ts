import { splitWords } from "#lib/search/analysis/split-words.ts";
import { stemWord } from "#lib/search/analysis/stem-word.ts";
import type { SearchDocument } from "#lib/search/engine.ts";

/** What a document's own fields say, before stems have numbers. Spoken words come from the cues. */
export type AnalysedDocument = {
  /** Every folded word with its stem. */
  words: Map<string, string>;
  /** What each stem weighs. */
  weights: Map<string, { inTitle: boolean; beside: number }>;
  /** Words of the title. */
  titleWords: number;
};

/** What a stem weighs for each field that it stands in besides the title. */
const weightOf = { tags: 4, channel: 3, chapters: 2, description: 1, labels: 1 } as const;

/** The words of a text, each once, those with hyphens also as a whole. */
const wordsOf = (text: string): Set<string> =>
  new Set(splitWords(text).flatMap(({ word, joined }) => (joined === null ? [word] : [word, joined])));

/** The words and weights of a document. */
export const analyseDocument = (document: SearchDocument): AnalysedDocument => {
  const analysed: AnalysedDocument = { words: new Map(), weights: new Map(), titleWords: 0 };
  const add = (text: string, weight: number | "title"): void => {
    const stems = new Set<string>();
    for (const word of wordsOf(text)) {
      const stem = stemWord(word);
      analysed.words.set(word, stem);
      stems.add(stem);
    }
    for (const stem of stems) {
      const known = analysed.weights.get(stem) ?? { inTitle: false, beside: 0 };
      const inTitle = known.inTitle || weight === "title";
      analysed.weights.set(stem, { inTitle, beside: known.beside + (weight === "title" ? 0 : weight) });
    }
  };
  add(document.title, "title");
  analysed.titleWords = splitWords(document.title).length;
  add(document.tags.join(" "), weightOf.tags);
  add(`${document.channelName} ${document.channelHandle}`, weightOf.channel);
  add(document.chapters.join(" "), weightOf.chapters);
  add(document.description, weightOf.description);
  add(document.labels.join(" "), weightOf.labels);
  return analysed;
};
