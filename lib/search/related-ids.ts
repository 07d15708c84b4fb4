import { withEngine } from "#lib/search/with-engine.ts";

/** A video that others are asked for, and how many. */
export type RelatedTo = { videoId: string; channelId: string; limit: number };

/** For how long an answer is remembered: a video that many open asks the engine once in that time. */
const rememberMs = 60_000;
/** Of how many videos; the one that was asked for first goes. A few hundred bytes each. */
const mostVideos = 2_000;

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
 * Ids of videos like one, the likest first, up to a minute old. Only answers that are as long as they may be are remembered: on
 * a site that begins, the next video shall be related at once. Whoever shows them asks whether everybody may see them. Throws
 * `unavailable` while no engine answers.
 */
export const relatedIds = async (to: RelatedTo): Promise<readonly string[]> => {
  const [known, key] = [memory(), keyOf(to)];
  const found = known.get(key);
  if (found !== undefined && Date.now() - found.madeAt < rememberMs) return found.ids;
  known.delete(key);
  const { answer: ids } = await withEngine((engine) => engine.related(to));
  if (ids.length < to.limit) return ids;
  const [oldest] = known.keys();
  if (known.size >= mostVideos && oldest !== undefined) known.delete(oldest);
  known.set(key, { ids, madeAt: Date.now() });
  return ids;
};

/** Has the next one ask anew; tells whether anything was remembered. */
export const forgetRelatedIds = (to: RelatedTo): boolean => memory().delete(keyOf(to));
