import { durationClassOf } from "#lib/search/duration-class.ts";
import type { SearchDocument, SearchFilters } from "#lib/search/engine.ts";
import { foldTag } from "#lib/search/fold-tag.ts";
import { hashText } from "#lib/search/typos/deletions.ts";

// What the integers in `search_documents` mean. Stems have numbers from 1 up to 2^27.

/** The code of a stem that stands anywhere in a document. */
export const codeOfStem = (stemId: number): number => stemId * 2;

/** The code of a stem that stands in its title. */
export const codeInTitle = (stemId: number): number => stemId * 2 + 1;

/** Weights a stem can have; a title gives more than all other fields together may. */
const steps = 16;
/** What a stem of the title weighs. */
export const titleWeight = 8;
const mostBesideTitle = titleWeight - 1;

/** Has a stem weigh `weight`: that many codes, so that one intersection adds up what was asked for. */
const weightCodes = (stemId: number, weight: number): number[] =>
  Array.from({ length: Math.min(weight, steps) }, (_, step) => stemId * steps + step);

/** All weight codes of stems, to intersect with a document's. */
export const everyWeight = (stemIds: readonly number[]): number[] =>
  [...new Set(stemIds)].flatMap((stemId) => weightCodes(stemId, steps)).toSorted((a, b) => a - b);

/** The weight codes that only stems of the title have. */
export const titleWeights = (stemIds: readonly number[]): number[] =>
  [...new Set(stemIds)].map((stemId) => stemId * steps + titleWeight - 1).toSorted((a, b) => a - b);

/** The stems that weight codes are of. */
export const stemsOfWeights = (weights: readonly number[]): number[] => [
  ...new Set(weights.map((code) => Math.floor(code / steps))),
];

/** The codes of weights by stem: `title` and the sum of what the other fields give. */
export const codesOfWeights = (weights: ReadonlyMap<number, { inTitle: boolean; beside: number }>): number[] =>
  [...weights]
    .flatMap(([stemId, { inTitle, beside }]) =>
      weightCodes(stemId, Math.min(beside, mostBesideTitle) + (inTitle ? titleWeight : 0)),
    )
    .toSorted((a, b) => a - b);

/** The code of what filters ask for: below zero. Two values may share one; whoever asks looks again. */
const termCode = (kind: string, value: string): number => -(hashText(`${kind}:${value}`) & 0x7fffffff || 1);

type Filtered = Pick<SearchDocument, "channelId" | "captions" | "category" | "language" | "durationMs" | "tags">;

/** The codes of what filters may ask of a document. */
export const termsOfDocument = (document: Filtered): number[] => [
  termCode("channel", document.channelId),
  termCode("captions", document.captions.length > 0 ? "yes" : "no"),
  ...(document.category === null ? [] : [termCode("category", document.category)]),
  ...(document.language === null ? [] : [termCode("language", document.language)]),
  ...(document.durationMs === null ? [] : [termCode("duration", durationClassOf(document.durationMs))]),
  ...document.tags.map((tag) => termCode("tag", foldTag(tag))),
];

/** The codes that a document must have to pass; how old it may be is no code. */
export const termsOfFilters = (filters: SearchFilters): number[] => [
  ...(filters.channelId === undefined ? [] : [termCode("channel", filters.channelId)]),
  ...(filters.captions === undefined ? [] : [termCode("captions", filters.captions ? "yes" : "no")]),
  ...(filters.category === undefined ? [] : [termCode("category", filters.category)]),
  ...(filters.language === undefined ? [] : [termCode("language", filters.language)]),
  ...(filters.duration === undefined ? [] : [termCode("duration", filters.duration)]),
  ...(filters.tag === undefined ? [] : [termCode("tag", foldTag(filters.tag))]),
];
