import type { Viewer } from "#lib/accounts/viewer.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { listHistory } from "#lib/library/history.ts";
import { resumeAt } from "#lib/library/resume-at.ts";
import type { VideoDto } from "#lib/videos/dto.ts";

/** A video that somebody left before its end, and how far they came in milliseconds. */
export type BegunVideo = { video: VideoDto; positionMs: number };

/** Latest videos of a history that are looked at: what was seen to its end is not gone on with. */
const lookedAt = 18;

/**
 * What the caller began and did not see to its end, the latest first, out of the last videos they watched. Throws
 * `unauthenticated`.
 */
export const continueWatching = async ({
  viewer,
  limit,
  locale,
}: {
  viewer: Viewer;
  limit: number;
  locale?: Locale | undefined;
}): Promise<BegunVideo[]> => {
  const { items } = await listHistory({ viewer, query: { limit: lookedAt }, locale });
  return items
    .flatMap(({ video, positionMs }) =>
      video === null || resumeAt({ positionMs, durationMs: video.durationMs }) === null ? [] : [{ video, positionMs }],
    )
    .slice(0, limit);
};
