import type { Viewer } from "#lib/accounts/viewer.ts";
import { transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/audit.ts";
import { updateVideo, type VideoChanges, type VideoRow } from "#lib/db/queries/videos.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import type { VideoDto, VideoPatch, Visibility } from "#lib/videos/dto.ts";
import { requireEditableVideo } from "#lib/videos/policy.ts";
import { toVideoDto } from "#lib/videos/to-video-dto.ts";

/** Who changes what of which video. */
export type EditVideo = { viewer: Viewer; videoId: string; patch: VideoPatch; locale?: Locale | undefined };

const openness: Record<Visibility, number> = { private: 0, unlisted: 1, public: 2 };

const withoutDoubles = (tags: readonly string[]): string[] => [
  ...new Map(tags.map((tag) => [tag.toLowerCase(), tag])).values(),
];

const changesOf = (video: VideoRow, { tags, visibility, title, description }: VideoPatch): VideoChanges => {
  const opened = visibility ?? video.visibility;
  return {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(tags === undefined ? {} : { tags: withoutDoubles(tags) }),
    ...(visibility === undefined ? {} : { visibility }),
    // Published is what everyone could watch for the first time; it stays that instant whatever comes later.
    ...(opened === "public" && video.status === "ready" && video.publishedAt === null
      ? { publishedAt: new Date() }
      : {}),
    // Addresses handed out so far must not open what has become more private.
    ...(openness[opened] < openness[video.visibility] ? { playbackVersion: video.playbackVersion + 1 } : {}),
  };
};

const pick = (video: VideoRow, changes: VideoChanges): Record<string, unknown> =>
  Object.fromEntries(Object.entries(video).filter(([name]) => Object.hasOwn(changes, name)));

/**
 * Changes a video's texts or visibility. Throws `unauthenticated` for nobody, `not_found` for what the viewer may not see,
 * `forbidden` for what they may not edit.
 */
export const editVideo = ({ viewer, videoId, patch, locale }: EditVideo): Promise<VideoDto> =>
  transaction(async (tx) => {
    const video = await requireEditableVideo(tx, { viewer, videoId });
    const changes = changesOf(video, patch);
    const edited = await updateVideo(tx, { videoId, changes });
    if (edited === null) throw new AppError("not_found");
    await recordAudit(tx, {
      actorId: viewer?.id ?? null,
      action: "video.edit",
      targetType: "video",
      targetId: videoId,
      details: { before: pick(video, changes), after: changes },
    });
    await publishVideoEvent(tx, { videoId, event: "changed" });
    return toVideoDto(tx, edited, { viewer, locale });
  });
