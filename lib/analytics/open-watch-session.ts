import type { Viewer } from "#lib/accounts/viewer.ts";
import type { WatchSessionDto } from "#lib/analytics/dto.ts";
import { browserOf, deviceOf, isProgram } from "#lib/analytics/user-agent.ts";
import { viewerKeys } from "#lib/analytics/viewer-key.ts";
import { signTicket } from "#lib/analytics/watch-token.ts";
import { db } from "#lib/db/client.ts";
import { newId } from "#lib/ids.ts";
import { mayEdit, mayPlay, requireVisibleVideo, type VideoRights } from "#lib/videos/policy.ts";

/** Who opens a player, from where and with what. */
export type Opener = { viewer: Viewer; address: string; userAgent: string };

/**
 * The token with which the player of a video reports what it plays: for whoever was already found to be allowed to see it.
 * Null for those who work on the video, whose own views are not counted, for what may not be played, and for programs that
 * say so.
 */
export const watchTokenFor = async (
  { viewer, address, userAgent }: Opener,
  video: VideoRights & { id: string },
): Promise<string | null> => {
  if (mayEdit(viewer, video) || !mayPlay(viewer, video) || isProgram(userAgent)) return null;
  const now = new Date();
  const keys = await viewerKeys({ accountId: viewer?.id ?? null, address, userAgent }, now);
  const [device, browser] = [deviceOf(userAgent), browserOf(userAgent)];
  return signTicket(video.id, { sessionId: newId(), issuedAtMs: now.getTime(), ...keys, device, browser });
};

/** Opens a session of watching a video; see `watchTokenFor`. Throws `not_found` for what the viewer may not see. */
export const openWatchSession = async ({
  videoId,
  ...opener
}: Opener & { videoId: string }): Promise<WatchSessionDto> => {
  const video = await requireVisibleVideo(db(), { viewer: opener.viewer, videoId });
  return { token: await watchTokenFor(opener, video) };
};
