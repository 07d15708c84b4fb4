import type { VideoAccessRow } from "#lib/db/queries/videos/playback.ts";

/** Looks videos up, remembering each answer for a moment. */
export type AccessCache = {
  /** The remembered answer, or a new one. */
  get: (videoId: string) => Promise<VideoAccessRow | null>;
  /** A new answer, whatever is remembered; for when the remembered one would refuse. */
  getFresh: (videoId: string) => Promise<VideoAccessRow | null>;
  /** The next question is asked anew. */
  forget: (videoId: string) => void;
};

type Entry = { answer: Promise<VideoAccessRow | null>; until: number };

/**
 * Remembers for `ttlMs` who may watch what, because a player asks for a segment every few seconds and a page for dozens
 * of images at once. `ttlMs` is also how long a video that turned private stays open. Holds at most `maxEntries`; asks
 * once for equal questions at the same time; never remembers a fault.
 */
export const createAccessCache = (input: {
  load: (videoId: string) => Promise<VideoAccessRow | null>;
  ttlMs: number;
  maxEntries: number;
  now: () => number;
}): AccessCache => {
  const { load, ttlMs, maxEntries, now } = input;
  const entries = new Map<string, Entry>();
  const remember = (videoId: string): Promise<VideoAccessRow | null> => {
    const answer = load(videoId);
    // A Map keeps the order of insertion: its first entry is the oldest.
    const oldest = entries.size >= maxEntries ? entries.keys().next() : null;
    if (oldest !== null && !oldest.done) entries.delete(oldest.value);
    const entry: Entry = { answer, until: now() + ttlMs };
    entries.set(videoId, entry);
    answer.catch(() => {
      if (entries.get(videoId) === entry) entries.delete(videoId);
    });
    return answer;
  };
  const getFresh = (videoId: string) => {
    entries.delete(videoId);
    return remember(videoId);
  };
  return {
    getFresh,
    forget: (videoId) => {
      entries.delete(videoId);
    },
    get: (videoId) => {
      const entry = entries.get(videoId);
      if (entry !== undefined && entry.until > now()) return entry.answer;
      return getFresh(videoId);
    },
  };
};
