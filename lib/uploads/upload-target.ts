import type { Viewer } from "#lib/accounts/viewer.ts";
import { channelToWorkOn } from "#lib/channels/policy.ts";
import type { Tx } from "#lib/db/client.ts";
import type { ChannelRow } from "#lib/db/queries/channels/channels.ts";
import { hasOpenUpload } from "#lib/db/queries/uploads/uploads.ts";
import { AppError } from "#lib/errors.ts";
import { noWishes, type WatermarkWish, type Wishes } from "#lib/media/plan/wishes.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import { readDefaults, type StandingDefaults } from "#lib/uploads/read-defaults.ts";
import type { UploadMetadata, UploadOptions } from "#lib/uploads/upload-metadata.ts";
import { createVideo } from "#lib/videos/create-video.ts";
import { refuseTakenDown, requireEditableVideo } from "#lib/videos/policy.ts";
import { wishOfChoice, wishOfMark } from "#lib/watermarks/wish-of-video.ts";

type Wished = { viewer: Viewer; channel: ChannelRow; options: UploadOptions };
type Target = { viewer: NonNullable<Viewer>; metadata: UploadMetadata; sizeBytes: number };

/** The mark that the new video is to carry: the one that is named, else the default. */
const markOf = async (
  tx: Tx,
  { viewer, channel, options, usual }: Wished & { usual: StandingDefaults },
): Promise<WatermarkWish | null> => {
  const { watermarkId } = options;
  if (watermarkId === undefined) return usual.mark === null ? null : wishOfMark(usual.mark);
  return wishOfChoice(tx, { viewer, channelId: channel.id, choice: { watermarkId } });
};

/** The wishes that upload options stand for, with the channel's defaults where they say nothing. */
const wishesOf = async (tx: Tx, wished: Wished): Promise<Wishes> => {
  const { channel, options } = wished;
  const usual = await readDefaults(tx, { channel, lock: true });
  return {
    audioOnly: options.audioOnly,
    normalizeLoudness: options.normalize ?? usual.channel.normalize,
    // Who wants only the sound wants it as a file.
    mp3: (options.audio ?? usual.channel.audio) || options.audioOnly,
    watermark: await markOf(tx, { ...wished, usual }),
  };
};

const replacedVideo = async (tx: Tx, input: { viewer: Viewer; videoId: string }): Promise<string> => {
  const video = await requireEditableVideo(tx, input);
  refuseTakenDown(input.viewer, video);
  if (video.originalKey === null) {
    throw new AppError("conflict", {
      message: "This video has no file yet that could be replaced.",
      hint: "Finish or cancel its upload first.",
    });
  }
  if (await hasOpenUpload(tx, input.videoId)) {
    throw new AppError("conflict", {
      message: "A new file for this video is on its way already.",
      hint: "Finish that upload, or cancel it.",
    });
  }
  return video.id;
};

/**
 * The video that an upload's bytes are for: a new one, or the one whose file they replace. Throws `not_found` for a
 * channel on which the viewer does not work, a mark or a video that is not theirs, `forbidden`, `unprocessable` for a mark without an image, and
 * `conflict` when the video cannot take a new file now.
 */
export const uploadTarget = async (tx: Tx, { viewer, metadata, sizeBytes }: Target): Promise<string> => {
  if (metadata.replaces !== null) {
    const videoId = await replacedVideo(tx, { viewer, videoId: metadata.replaces });
    await publishVideoEvent(tx, { videoId, event: "changed" });
    return videoId;
  }
  const { filename, title, visibility, options, channelId } = metadata;
  const channel = await channelToWorkOn(tx, { account: viewer, channelId: channelId ?? undefined, lock: true });
  const wishes = channel === null ? noWishes : await wishesOf(tx, { viewer, channel, options });
  const { videoId } = await createVideo(tx, { viewer, channel, title, visibility, filename, sizeBytes, wishes });
  return videoId;
};
