import type { Stage } from "#lib/db/queries/search/candidates.ts";
import { codeInTitle, codeOfStem } from "#lib/search/postgres/codes.ts";

/**
 * What a stage is made of: the stems that each word may be, in how many documents the word stands, and which part of all
 * these are (0 where nobody knows).
 */
export type StageWord = { stemIds: readonly number[]; documents: number; share: number };

type Making = { words: readonly StageWord[]; terms: readonly number[] };

/**
 * From this share of all documents on the index is not asked for a word as long as it is asked for a rarer one: at most ten
 * documents are then looked at for one that fits, and that costs less than the word's own list. Only words of fields are
 * counted, so that a word may be commoner than its share says, never rarer.
 */
const everywhere = 0.1;

const stageOf = ({ words, terms }: Making, code: (stemId: number) => number): Stage => {
  const single = words.filter(({ stemIds }) => stemIds.length === 1);
  const several = words.filter(({ stemIds }) => stemIds.length > 1);
  const codesOf = (some: readonly StageWord[]) => some.flatMap(({ stemIds }) => stemIds.map(code));
  const rare = single.filter(({ share }) => share < everywhere);
  const asked = rare.length === 0 ? single : rare;
  return {
    all: [...terms, ...codesOf(asked)],
    also: codesOf(single.filter((word) => !asked.includes(word))),
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
  return [inTitle, { ...anywhere, butNot: inTitle.anyOf.length === 0 ? [...inTitle.all, ...inTitle.also] : [] }];
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
