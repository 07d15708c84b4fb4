import { z } from "zod";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { decodeCursor, encodeCursor } from "#lib/admin/page-cursor.ts";
import { db, transaction } from "#lib/db/client.ts";
import { deleteLike, getLikes, insertLike, listLikedVideos } from "#lib/db/queries/people/likes.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { idSchema } from "#lib/ids.ts";
import { callerOf } from "#lib/library/caller.ts";
import type { LibraryQuery, LikesDto } from "#lib/library/dto.ts";
import { shownVideos } from "#lib/library/shown-videos.ts";
import type { VideoPageDto } from "#lib/videos/dto.ts";
import { requireVisibleVideo } from "#lib/videos/policy.ts";

type Asked = { viewer: Viewer; videoId: string };

/** How many like a video, and whether the viewer does. Throws `not_found` for what they may not see. */
export const readLikes = async ({ viewer, videoId }: Asked): Promise<LikesDto> => {
  const [likes] = await Promise.all([
    getLikes(db(), { userId: viewer?.id ?? null, videoId }),
    requireVisibleVideo(db(), { viewer, videoId }),
  ]);
  return likes;
};

/**
 * Likes a video; repeating it changes nothing. Throws `unauthenticated`, and `not_found` for what the viewer may not see.
 */
export const likeVideo = ({ viewer, videoId }: Asked): Promise<LikesDto> =>
  transaction(async (tx) => {
    const { account } = callerOf(viewer);
    await requireVisibleVideo(tx, { viewer, videoId });
    await insertLike(tx, { userId: account.id, videoId });
    return getLikes(tx, { userId: account.id, videoId });
  });

/** Takes the like back; repeating it changes nothing. Throws like `likeVideo`. */
export const unlikeVideo = ({ viewer, videoId }: Asked): Promise<LikesDto> =>
  transaction(async (tx) => {
    const { account } = callerOf(viewer);
    await requireVisibleVideo(tx, { viewer, videoId });
    await deleteLike(tx, { userId: account.id, videoId });
    return getLikes(tx, { userId: account.id, videoId });
  });

const positionSchema = z.tuple([z.iso.datetime().pipe(z.coerce.date()), idSchema]);

/** What the caller likes and may still see, the latest like first. Throws `unauthenticated`, `invalid_input` for a foreign cursor. */
export const listLiked = async ({
  viewer,
  query: { cursor, limit },
  locale,
}: {
  viewer: Viewer;
  query: LibraryQuery;
  locale?: Locale | undefined;
}): Promise<VideoPageDto> => {
  const { looker } = callerOf(viewer);
  const [createdAt, videoId] = decodeCursor(positionSchema, cursor) ?? [];
  const after = createdAt === undefined || videoId === undefined ? undefined : { createdAt, videoId };
  const rows = await listLikedVideos(db(), { looker, after, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const shown = await shownVideos(
    db(),
    page.map((row) => row.videoId),
    { viewer, locale },
  );
  return {
    items: [...shown.values()],
    nextCursor:
      rows.length > limit && last !== undefined ? encodeCursor([last.createdAt.toISOString(), last.videoId]) : null,
  };
};
