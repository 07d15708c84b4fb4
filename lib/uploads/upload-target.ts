import type { Viewer } from "#lib/accounts/viewer.ts";
import type { Tx } from "#lib/db/client.ts";
import { findChannelOfOwner } from "#lib/db/queries/channels.ts";
import { hasOpenUpload } from "#lib/db/queries/uploads.ts";
import { AppError } from "#lib/errors.ts";
import { type Wishes, wishesSchema } from "#lib/media/wishes.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import type { UploadMetadata } from "#lib/uploads/upload-metadata.ts";
import { createVideo } from "#lib/videos/create-video.ts";
import { requireEditableVideo } from "#lib/videos/policy.ts";
import { wishOfChoice } from "#lib/watermarks/wish-of-video.ts";

type Target = { viewer: NonNullable<Viewer>; metadata: UploadMetadata; sizeBytes: number };

/** The wishes that upload options stand for. */
const wishesOf = ({ options }: UploadMetadata): Wishes =>
  wishesSchema.parse({
    audioOnly: options.audioOnly,
    normalizeLoudness: options.normalize,
    // Who wants only the sound wants it as a file.
    mp3: options.audio || options.audioOnly,
  });

/** The mark that the new video is to carry: one of the channel or of the instance. */
const markOf = async (tx: Tx, { viewer, metadata }: Pick<Target, "viewer" | "metadata">) => {
  const channelId = (await findChannelOfOwner(tx, viewer.id))?.id ?? "";
  return wishOfChoice(tx, { viewer, channelId, choice: { watermarkId: metadata.options.watermarkId } });
};

const replacedVideo = async (tx: Tx, input: { viewer: Viewer; videoId: string }): Promise<string> => {
  const video = await requireEditableVideo(tx, input);
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
 * channel, a mark or a video that is not the viewer's, `forbidden`, `unprocessable` for a mark without an image, and
 * `conflict` when the video cannot take a new file now.
 */
export const uploadTarget = async (tx: Tx, { viewer, metadata, sizeBytes }: Target): Promise<string> => {
  if (metadata.replaces !== null) {
    const videoId = await replacedVideo(tx, { viewer, videoId: metadata.replaces });
    await publishVideoEvent(tx, { videoId, event: "changed" });
    return videoId;
  }
  if (metadata.channelId !== null && (await findChannelOfOwner(tx, viewer.id))?.id !== metadata.channelId) {
    throw new AppError("not_found", { fields: { channelId: "You have no such channel." } });
  }
  const { filename, title, visibility } = metadata;
  const wishes = { ...wishesOf(metadata), watermark: await markOf(tx, { viewer, metadata }) };
  const { videoId } = await createVideo(tx, { viewer, title, visibility, filename, sizeBytes, wishes });
  return videoId;
};
