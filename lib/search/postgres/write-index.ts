import { type Tx, transaction } from "#lib/db/client.ts";
import { spokenStems } from "#lib/db/queries/search/cues.ts";
import {
  deleteChannelKeys,
  deleteDocuments,
  holdVideos,
  type NewDocument,
  putChannelKeys,
  putDocuments,
  wordsOfDocuments,
} from "#lib/db/queries/search/documents.ts";
import { countWords, lockIndex } from "#lib/db/queries/search/lexicon.ts";
import { splitWords } from "#lib/search/analysis/split-words.ts";
import type { SearchChannel, SearchDocument } from "#lib/search/engine.ts";
import { foldTag } from "#lib/search/fold-tag.ts";
import { type AnalysedDocument, analyseDocument } from "#lib/search/postgres/analyse-document.ts";
import { codeInTitle, codeOfStem, codesOfWeights, termsOfDocument } from "#lib/search/postgres/codes.ts";
import { type Numbers, numberLexicon } from "#lib/search/postgres/number-lexicon.ts";

const sorted = (codes: Iterable<number>): number[] => [...new Set(codes)].toSorted((a, b) => a - b);

const numbersOf = (names: Iterable<string>, numbers: ReadonlyMap<string, number>): number[] =>
  [...names].flatMap((name) => numbers.get(name) ?? []);

const toRow = (input: {
  document: SearchDocument;
  analysed: AnalysedDocument;
  numbers: Numbers;
  spoken: readonly number[];
}): NewDocument => {
  const { document, analysed, numbers, spoken } = input;
  const inTitle = [...analysed.weights].filter(([, weight]) => weight.inTitle).map(([stem]) => stem);
  const stemIds = numbersOf(analysed.weights.keys(), numbers.stems);
  const weights = new Map(
    [...analysed.weights].flatMap(([stem, weight]): [number, typeof weight][] => {
      const stemId = numbers.stems.get(stem);
      return stemId === undefined ? [] : [[stemId, weight]];
    }),
  );
  return {
    videoId: document.videoId,
    channelId: document.channelId,
    popularity: document.views,
    publishedAt: document.publishedAt,
    durationMs: document.durationMs,
    category: document.category,
    language: document.language,
    tags: [...new Set(document.tags.map(foldTag))].filter((tag) => tag !== ""),
    hasCaptions: document.captions.length > 0,
    codes: sorted([
      ...termsOfDocument(document),
      ...[...stemIds, ...spoken].map(codeOfStem),
      ...numbersOf(inTitle, numbers.stems).map(codeInTitle),
    ]),
    weights: codesOfWeights(weights),
    words: sorted(numbersOf(analysed.words.keys(), numbers.words)),
    titleWords: Math.min(analysed.titleWords, 1000),
    fingerprint: document.fingerprint,
  };
};

/** By how much the count of each word changes when these documents come in the place of those. */
const wordChanges = (before: Iterable<readonly number[]>, after: Iterable<readonly number[]>): Map<number, number> => {
  const changes = new Map<number, number>();
  const add = (words: readonly number[], by: number) => {
    for (const word of words) changes.set(word, (changes.get(word) ?? 0) + by);
  };
  for (const words of before) add(words, -1);
  for (const words of after) add(words, 1);
  return changes;
};

const putAll = async (tx: Tx, documents: readonly SearchDocument[]): Promise<void> => {
  const videoIds = documents.map(({ videoId }) => videoId);
  const analysed = new Map(documents.map((document) => [document, analyseDocument(document)]));
  const words = new Map([...analysed.values()].flatMap((one) => [...one.words]));
  const numbers = await numberLexicon(tx, words);
  const spoken = await spokenStems(tx, videoIds);
  const rows = [...analysed].map(([document, one]) =>
    toRow({ document, analysed: one, numbers, spoken: spoken.get(document.videoId) ?? [] }),
  );
  const before = await wordsOfDocuments(tx, videoIds);
  await putDocuments(tx, rows);
  await countWords(
    tx,
    wordChanges(
      before.values(),
      rows.map((row) => row.words),
    ),
  );
};

/** Stores documents, all or none; those of videos that are gone by now, or hidden, are left out. */
export const indexInPostgres = (documents: readonly SearchDocument[]): Promise<void> =>
  transaction(async (tx) => {
    await lockIndex(tx);
    const there = await holdVideos(
      tx,
      documents.map(({ videoId }) => videoId),
    );
    await putAll(
      tx,
      documents.filter(({ videoId }) => there.has(videoId)),
    );
  });

/** Forgets documents. */
export const removeFromPostgres = (videoIds: readonly string[]): Promise<void> =>
  transaction(async (tx) => {
    await lockIndex(tx);
    await countWords(tx, wordChanges(await deleteDocuments(tx, videoIds), []));
  });

/** The folded name from each of its words on, and the handle. */
const keysOf = ({ name, handle }: SearchChannel): string[] => {
  const words = splitWords(name).map(({ word }) => word);
  const tails = words.map((_word, at) => words.slice(at).join(" "));
  return [...new Set([...tails, handle.toLowerCase()])];
};

/** Has channels be suggested by their names. */
export const indexChannelsInPostgres = (channels: readonly SearchChannel[]): Promise<void> =>
  transaction(async (tx) => {
    for (const channel of channels) await putChannelKeys(tx, { channelId: channel.channelId, keys: keysOf(channel) });
  });

/** Has channels be suggested no more. */
export const removeChannelsFromPostgres = (channelIds: readonly string[]): Promise<void> =>
  transaction((tx) => deleteChannelKeys(tx, channelIds));
