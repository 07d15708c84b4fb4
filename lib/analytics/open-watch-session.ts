import type { Viewer } from "#lib/accounts/viewer.ts";
import type { WatchSessionDto } from "#lib/analytics/dto.ts";
import { browserOf, deviceOf, isProgram } from "#lib/analytics/user-agent.ts";
import { viewerKeys } from "#lib/analytics/viewer-key.ts";
import { signTicket } from "#lib/analytics/watch-token.ts";
import { db } from "#lib/db/client.ts";
import { findVideo, type VideoRow } from "#lib/db/queries/videos/videos.ts";
import { AppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import { requireGrant } from "#lib/playback/playback-tokens.ts";
import { mayEdit, mayPlay, maySee, type VideoRights } from "#lib/videos/policy.ts";

/** Who opens a player, from where and with what. */
type Opener = { viewer: Viewer; address: string; userAgent: string };

/**
 * The token with which the player of a video reports what it plays: for whoever was already found to be allowed to see it.
 * Null for those who work on the video, whose own views are not counted, for what may not be played, and for programs that
 * say so.
 */
const watchTokenFor = async (
  { viewer, address, userAgent }: Opener,
  video: VideoRights & { id: string },
): Promise<string | null> => {
  if (mayEdit(viewer, video) || !mayPlay(viewer, video) || isProgram(userAgent)) return null;
  const now = new Date();
  const keys = await viewerKeys({ accountId: viewer?.id ?? null, address, userAgent }, now);
  const [device, browser] = [deviceOf(userAgent), browserOf(userAgent)];
  return signTicket(video.id, { sessionId: newId(), issuedAtMs: now.getTime(), ...keys, device, browser });
};

/** The video for who may see it or brings a playback token of it. Throws as `openVideo` does. */
const openedRow = async (input: { viewer: Viewer; videoId: string; token: string | undefined }): Promise<VideoRow> => {
  const { viewer, videoId, token } = input;
  const video = await findVideo(db(), { videoId });
  if (video === null || video.deletedAt !== null) throw new AppError("not_found");
  if (maySee(viewer, video)) return video;
  if (token === undefined || video.takenDownAt !== null) throw new AppError("not_found");
  await requireGrant(db(), { token, videoId });
  return video;
};

/**
 * Opens a session of watching a video; see `watchTokenFor`. `token` is a playback token where the viewer came by one. Throws
 * `not_found` for what the viewer may not see, and `forbidden` for a playback token that opens nothing.
 */
export const openWatchSession = async (
  input: Opener & { videoId: string; token?: string | undefined },
): Promise<WatchSessionDto> => {
  const { videoId, token, ...opener } = input;
  const video = await openedRow({ viewer: opener.viewer, videoId, token });
  return { token: await watchTokenFor(opener, video) };
};
