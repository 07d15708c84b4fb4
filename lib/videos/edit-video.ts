import { addressUnconfirmed, isAddressGoodEnough } from "#lib/accounts/confirmed-address.ts";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { type Tx, transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { holdComments } from "#lib/db/queries/people/comment-changes.ts";
import { rehideComments } from "#lib/db/queries/people/hidden-people.ts";
import { updateVideo, type VideoChanges, type VideoRow } from "#lib/db/queries/videos/videos.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { queueAnnouncement } from "#lib/library/queue-announcement.ts";
import { languageTag } from "#lib/media/captions/caption-language.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import { channelToMoveTo } from "#lib/videos/channel-to-move-to.ts";
import type { VideoDto, VideoPatch, Visibility } from "#lib/videos/dto.ts";
import { refuseTakenDown, requireEditableVideo } from "#lib/videos/policy.ts";
import { toVideoDto } from "#lib/videos/to-video-dto.ts";

/** Who changes what of which video. */
export type EditVideo = { viewer: Viewer; videoId: string; patch: VideoPatch; locale?: Locale | undefined };

type Moving = { viewer: Viewer; video: VideoRow; channelId: string | undefined };

const openness: Record<Visibility, number> = { private: 0, unlisted: 1, public: 2 };

const withoutDoubles = (tags: readonly string[]): string[] => [
  ...new Map(tags.map((tag) => [tag.toLowerCase(), tag])).values(),
];

const changesOf = (video: VideoRow, patch: VideoPatch): VideoChanges => {
  const { tags, visibility, title, description, category, language } = patch;
  const opened = visibility ?? video.visibility;
  return {
    ...(category === undefined ? {} : { category }),
    ...(language === undefined ? {} : { language: language === null ? null : languageTag(language) }),
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

/** What moving to another channel changes; nothing when it is the video's channel already. */
const moveOf = async (tx: Tx, { viewer, video, channelId }: Moving): Promise<VideoChanges> => {
  if (channelId === undefined || channelId === video.channelId) return {};
  const { members } = await channelToMoveTo(tx, { viewer, video, channelId });
  const isClosedTo = video.memberIds.some((id) => !members.includes(id));
  // Whoever no longer works on it must not go on watching by an address of before.
  const revoked = video.visibility === "private" && isClosedTo ? { playbackVersion: video.playbackVersion + 1 } : {};
  return { channelId, ...revoked };
};

/**
 * Changes a video's texts, its visibility or its channel. Throws `unauthenticated` for nobody, `not_found` for what the
 * viewer may not see, `forbidden` for what they may not edit, `address_unconfirmed` for
 * opening a video where that is asked for, and what `channelToMoveTo` throws.
 */
export const editVideo = async ({ viewer, videoId, patch, locale }: EditVideo): Promise<VideoDto> => {
  const mayOpen = viewer === null || patch.visibility === undefined || (await isAddressGoodEnough(viewer));
  return transaction(async (tx) => {
    const video = await requireEditableVideo(tx, { viewer, videoId });
    if (patch.visibility !== undefined && openness[patch.visibility] > openness[video.visibility]) {
      refuseTakenDown(viewer, video);
      if (!mayOpen) throw addressUnconfirmed();
    }
    const changes = {
      ...(await moveOf(tx, { viewer, video, channelId: patch.channelId })),
      ...changesOf(video, patch),
    };
    const edited = await updateVideo(tx, { videoId, changes });
    if (edited === null) throw new AppError("not_found");
    // Each channel hides people of its own.
    if (changes.channelId !== undefined && (await holdComments(tx, videoId))) await rehideComments(tx, { videoId });
    await recordAudit(tx, {
      actorId: viewer?.id ?? null,
      action: "video.edit",
      targetType: "video",
      targetId: videoId,
      before: pick(video, changes),
      after: changes,
    });
    await publishVideoEvent(tx, { videoId, event: "changed" });
    if (changes.publishedAt !== undefined) await queueAnnouncement(tx, { videoId, afterUserId: null });
    return toVideoDto(tx, edited, { viewer, locale });
  });
};
