import type { Stage } from "#lib/db/queries/search/candidates.ts";
import { codeInTitle, codeOfStem } from "#lib/search/postgres/codes.ts";

/** What a stage is made of: the stems that each word may be, and how common the word is. */
export type StageWord = { stemIds: readonly number[]; documents: number };

type Making = { words: readonly StageWord[]; terms: readonly number[] };

const stageOf = ({ words, terms }: Making, code: (stemId: number) => number): Stage => {
  const single = words.filter(({ stemIds }) => stemIds.length === 1);
  const several = words.filter(({ stemIds }) => stemIds.length > 1);
  return {
    all: [...terms, ...single.flatMap(({ stemIds }) => stemIds.map(code))],
    anyOf: several.map(({ stemIds }) => stemIds.map(code)),
    butNot: [],
    matched: words.length,
  };
};

/** Documents that have all words: those with all in the title first. */
export const stagesOfAll = (making: Making): Stage[] => {
  const anywhere = stageOf(making, codeOfStem);
  if (making.words.length === 0) return [anywhere];
  const inTitle = stageOf(making, codeInTitle);
  // With alternatives "not all in the title" cannot be said in one condition; doubles are taken out afterwards.
  return [inTitle, { ...anywhere, butNot: inTitle.anyOf.length === 0 ? inTitle.all : [] }];
};

/** Words of a query of which all but one are asked for together, at most. */
const mostWithoutOne = 6;

/** Documents that have most words, then those that have one: without the commonest word first, the rarest one first. */
export const stagesOfSome = ({ words, terms }: Making): Stage[] => {
  if (words.length < 2) return [];
  const byRarity = words.toSorted((a, b) => a.documents - b.documents);
  const withoutOne =
    words.length < 3 || words.length > mostWithoutOne
      ? []
      : byRarity.toReversed().map((left) => ({ words: words.filter((word) => word !== left), terms }));
  return [...withoutOne, ...byRarity.map((word) => ({ words: [word], terms }))].map((making) =>
    stageOf(making, codeOfStem),
  );
};
