import type { Viewer } from "#lib/accounts/viewer.ts";
import { db } from "#lib/db/client.ts";
import { findVideoWithParts } from "#lib/db/queries/videos/video-lists.ts";
import { findVideo, type VideoRow } from "#lib/db/queries/videos/videos.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { requireGrant, type TokenGrant } from "#lib/playback/playback-tokens.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { mayEdit, maySee } from "#lib/videos/policy.ts";
import { toVideoDto } from "#lib/videos/to-video-dto.ts";

/** One video and who asks for it. */
export type GetVideo = { viewer: Viewer; videoId: string; locale?: Locale | undefined };

/** The same, by a playback token where one came along. */
export type OpenVideo = GetVideo & { token?: string | undefined };

/** A video with what opened it: null for somebody who may see it anyway. */
export type OpenedVideo = { video: VideoDto; grant: TokenGrant | null };

/** What was opened, as stored; by which token, where the viewer could not see it anyway. */
type OpenedRow = { row: VideoRow; grant: TokenGrant | null };

type Asked = Omit<OpenVideo, "locale">;

const opened = async (row: VideoRow | null | undefined, { viewer, videoId, token }: Asked): Promise<OpenedRow> => {
  if (row === null || row === undefined || row.deletedAt !== null) throw new AppError("not_found");
  if (maySee(viewer, row)) return { row, grant: null };
  // What was taken down is opened by no token.
  if (token === undefined || row.takenDownAt !== null) throw new AppError("not_found");
  return { row, grant: await requireGrant(db(), { token, videoId }) };
};

/**
 * The stored video, for who may see it or brings a playback token of it. Throws `not_found` for what there is not, is deleted,
 * was taken down or the viewer may not see, and `forbidden` for a token that is edited, another video's, expired or revoked.
 */
export const openVideoRow = async (asked: Asked): Promise<OpenedRow> =>
  opened(await findVideo(db(), { videoId: asked.videoId }), asked);

/** The video as its viewer gets it. Throws like `openVideoRow`. */
export const openVideo = async ({ viewer, videoId, locale, token }: OpenVideo): Promise<OpenedVideo> => {
  const { rows, parts } = await findVideoWithParts(db(), videoId);
  const { row, grant } = await opened(rows[0], { viewer, videoId, token });
  return { video: await toVideoDto(db(), row, { viewer, locale, parts, grant: grant ?? undefined }), grant };
};

/** The video. Throws like `openVideo`. */
export const getVideo = async (input: OpenVideo): Promise<VideoDto> => (await openVideo(input)).video;

/** What a token opens of a video at this moment, or null. */
const grantNow = async (row: VideoRow, token: string | undefined): Promise<TokenGrant | null> => {
  if (token === undefined || row.deletedAt !== null || row.takenDownAt !== null) return null;
  try {
    return await requireGrant(db(), { token, videoId: row.id });
  } catch (error) {
    if (error instanceof AppError && error.code === "forbidden") return null;
    throw error;
  }
};

/**
 * The video as an event about it tells it: null when neither the viewer nor the playback token sees it (any more). One that
 * was deleted is still there for those who may edit it, so that their tables learn of it.
 */
export const getVideoForEvent = async (input: OpenVideo): Promise<VideoDto | null> => {
  const { viewer, videoId, locale, token } = input;
  const row = await findVideo(db(), { videoId });
  if (row === null) return null;
  if (maySee(viewer, row) || (row.deletedAt !== null && mayEdit(viewer, row))) {
    return toVideoDto(db(), row, { viewer, locale });
  }
  const grant = await grantNow(row, token);
  return grant === null ? null : toVideoDto(db(), row, { viewer, locale, grant });
};
