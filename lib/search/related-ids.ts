import { createShortMemory, type ShortMemory } from "#lib/search/short-memory.ts";
import { withEngine } from "#lib/search/with-engine.ts";

/** A video that others are asked for, and how many. */
export type RelatedTo = { videoId: string; channelId: string; limit: number };

/** Ids of videos like one, the likest first, and whether they were found for somebody earlier. */
export type RelatedIds = { ids: readonly string[]; remembered: boolean };

/** For how long an answer is remembered: for a video that many open, the engine is asked about once in that time. */
const rememberMs = 60_000;
/** How many answers are remembered, half a kilobyte each for the twelve of a watch page; the oldest goes. */
const mostAnswers = 2_000;

// Next bundles pages and routes apart; a process has one memory.
const globals = globalThis as typeof globalThis & { kinoraRelatedIds?: ShortMemory<readonly string[]> };

const memory = (): ShortMemory<readonly string[]> => {
  globals.kinoraRelatedIds ??= createShortMemory({ ageMs: rememberMs, most: mostAnswers });
  return globals.kinoraRelatedIds;
};

const keyOf = ({ videoId, channelId, limit }: RelatedTo): string => `${videoId} ${channelId} ${limit}`;

/**
 * Ids of videos like one, up to a minute old. Only full answers (as many ids as were asked for) are remembered: on a site that
 * begins, the next video shall be related at once. Whoever shows them asks whether everybody may see them. Throws
 * `unavailable` while no engine answers.
 */
export const relatedIds = async (to: RelatedTo): Promise<RelatedIds> => {
  const key = keyOf(to);
  const found = memory().get(key);
  if (found !== undefined) return { ids: found, remembered: true };
  const { answer: ids } = await withEngine((engine) => engine.related(to));
  if (ids.length === to.limit) memory().put(key, ids);
  return { ids, remembered: false };
};

/** Has the next one ask anew. */
export const forgetRelatedIds = (to: RelatedTo): void => {
  memory().forget(keyOf(to));
};
