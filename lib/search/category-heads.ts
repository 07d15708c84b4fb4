import { log } from "#lib/log.ts";
import { withEngine } from "#lib/search/with-engine.ts";
import { type VideoCategory, videoCategories } from "#lib/videos/categories.ts";

/** A category that has public videos, with its most viewed ones. No counts and no words of theirs: these would be late. */
export type CategoryHead = {
  category: VideoCategory;
  /** The most viewed one. */
  videoId: string;
  /** The most viewed ones with it, the first ones first. */
  videoIds: readonly string[];
};

/** For how long the heads are remembered: a page that everybody opens asks the engine once in that time, not each time. */
const rememberMs = 60_000;
/** What is older than this is not shown while it is asked for anew; as old as the site map gets. */
const oldestMs = 10 * 60_000;
/** Videos of a category that are remembered. */
const mostVideos = 50;

// Next bundles routes apart; a process has one memory.
const globals = globalThis as typeof globalThis & {
  kinoraCategoryHeads?: { heads: Promise<CategoryHead[]>; madeAt: number; askedAt: number };
};

const headOf = async (category: VideoCategory): Promise<CategoryHead[]> => {
  const request = {
    q: "",
    filters: { category },
    sort: "views",
    offset: 0,
    limit: mostVideos,
    now: new Date(),
  } as const;
  const { answer } = await withEngine((engine) => engine.search(request));
  const videoIds = answer.hits.map(({ videoId }) => videoId);
  const [videoId] = videoIds;
  return videoId === undefined ? [] : [{ category, videoId, videoIds }];
};

/** A few at a time: searches of people go before this. */
const atOnce = 3;

const headsNow = async (): Promise<CategoryHead[]> => {
  const heads: CategoryHead[] = [];
  for (let at = 0; at < videoCategories.length; at += atOnce) {
    heads.push(...(await Promise.all(videoCategories.slice(at, at + atOnce).map(headOf))).flat());
  }
  return heads;
};

const remember = (heads: Promise<CategoryHead[]>): Promise<CategoryHead[]> => {
  const now = Date.now();
  globals.kinoraCategoryHeads = { heads, madeAt: now, askedAt: now };
  return heads;
};

/** Asks anew beside whoever reads what is known; that stays for a while when nobody answers. */
const renew = (known: { askedAt: number }): void => {
  // Nobody else asks meanwhile.
  known.askedAt = Date.now();
  headsNow().then(
    (heads) => remember(Promise.resolve(heads)),
    (error: unknown) =>
      log().warn({ "event.action": "search.categories_stale", err: error }, "categories could not be asked for anew"),
  );
};

/**
 * Categories that have public videos, in the order of the list of categories; asked for anew once a minute, and nobody waits
 * for that but the first. Whoever shows the videos asks once more whether everybody may see them. Throws `unavailable` while
 * no engine answers.
 */
export const categoryHeads = (): Promise<CategoryHead[]> => {
  const known = globals.kinoraCategoryHeads;
  const now = Date.now();
  if (known !== undefined && now - known.madeAt < oldestMs) {
    if (now - known.askedAt >= rememberMs) renew(known);
    return known.heads;
  }
  const heads = remember(headsNow());
  heads.catch(forgetCategoryHeads);
  return heads;
};

/** Has the next one ask anew. */
export const forgetCategoryHeads = (): void => {
  delete globals.kinoraCategoryHeads;
};
