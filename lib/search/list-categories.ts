import type { Viewer } from "#lib/accounts/viewer.ts";
import { db } from "#lib/db/client.ts";
import { listFindableIds } from "#lib/db/queries/search/sources.ts";
import { findVideos } from "#lib/db/queries/videos/video-lists.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { type CategoryHead, categoryHeads, forgetCategoryHeads } from "#lib/search/category-heads.ts";
import type { VideoCategory } from "#lib/videos/categories.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { toVideoDtos } from "#lib/videos/to-video-dto.ts";

/** A category with its most viewed video. */
export type ShownCategory = { category: VideoCategory; video: VideoDto };

const stillOpen = async (heads: readonly CategoryHead[]): Promise<CategoryHead[]> => {
  const ids = heads.map(({ videoId }) => videoId);
  const open = new Set(await listFindableIds(db(), { after: null, limit: ids.length, among: ids }));
  return heads.filter(({ videoId }) => open.has(videoId));
};

/**
 * Heads whose video everybody may see at this moment. One that was hidden since may have been its category's only one, so that
 * all are asked for anew.
 */
export const openHeads = async (): Promise<CategoryHead[]> => {
  const heads = await categoryHeads();
  const open = await stillOpen(heads);
  if (open.length === heads.length) return open;
  forgetCategoryHeads();
  return stillOpen(await categoryHeads());
};

/** Categories that have public videos, in the order of the list of categories. New ones are told within a minute. */
export const openCategories = async (): Promise<VideoCategory[]> => (await openHeads()).map(({ category }) => category);

/** The same, each with its most viewed video. */
export const listCategories = async ({
  viewer,
  locale,
}: {
  viewer: Viewer;
  locale?: Locale | undefined;
}): Promise<ShownCategory[]> => {
  const heads = await openHeads();
  const { rows, parts } = await findVideos(
    db(),
    heads.map(({ videoId }) => videoId),
  );
  const videos = new Map((await toVideoDtos(db(), rows, { viewer, locale, parts })).map((video) => [video.id, video]));
  return heads.flatMap(({ category, videoId }) => {
    const video = videos.get(videoId);
    return video === undefined ? [] : [{ category, video }];
  });
};
