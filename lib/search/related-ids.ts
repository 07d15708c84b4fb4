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
const globals = globalThis as typeof globalThis & {
  kinoraRelatedIds?: Map<string, { ids: readonly string[]; madeAt: number }>;
};

const memory = () => {
  globals.kinoraRelatedIds ??= new Map();
  return globals.kinoraRelatedIds;
};

const keyOf = ({ videoId, channelId, limit }: RelatedTo): string => `${videoId} ${channelId} ${limit}`;

/**
 * Ids of videos like one, up to a minute old. Only full answers (as many ids as were asked for) are remembered: on a site that
 * begins, the next video shall be related at once. Whoever shows them asks whether everybody may see them. Throws
 * `unavailable` while no engine answers.
 */
export const relatedIds = async (to: RelatedTo): Promise<RelatedIds> => {
  const [known, key] = [memory(), keyOf(to)];
  const found = known.get(key);
  if (found !== undefined && Date.now() - found.madeAt < rememberMs) return { ids: found.ids, remembered: true };
  known.delete(key);
  const { answer: ids } = await withEngine((engine) => engine.related(to));
  if (ids.length < to.limit) return { ids, remembered: false };
  const [oldest] = known.keys();
  if (known.size >= mostAnswers && oldest !== undefined) known.delete(oldest);
  known.set(key, { ids, madeAt: Date.now() });
  return { ids, remembered: false };
};

/** Has the next one ask anew. */
export const forgetRelatedIds = (to: RelatedTo): void => {
  memory().delete(keyOf(to));
};
