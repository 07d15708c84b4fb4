import type { Account, Viewer } from "#lib/accounts/viewer.ts";
import { roleOn } from "#lib/channels/policy.ts";
import { type DbOrTx, db, type Tx } from "#lib/db/client.ts";
import { listMemberRows } from "#lib/db/queries/channels/channel-members.ts";
import { type ChannelRow, findChannel, listChannelsOfMember } from "#lib/db/queries/channels/channels.ts";
import type { VideoRow } from "#lib/db/queries/videos/videos.ts";
import { AppError } from "#lib/errors.ts";
import { requireVisibleVideo } from "#lib/videos/policy.ts";

/** A video that is to stand on another channel. */
type Move = { viewer: Viewer; video: VideoRow; channelId: string };

const mayTakeAway = async (tx: DbOrTx, { viewer, video }: Pick<Move, "viewer" | "video">): Promise<boolean> =>
  (await roleOn(tx, { viewer, channelId: video.channelId })) === "owner";

/**
 * The channel that a video may move to, kept from being deleted, and the ids of those who work on it. Both channels have one
 * founder: the bytes, the quota and what was set aside stay with the account they are counted for. Throws `forbidden` for
 * all but owners of the channel that the video is on, `not_found` for a channel on which the viewer does not work, and
 * `conflict` for one of another founder.
 */
export const channelToMoveTo = async (
  tx: Tx,
  { viewer, video, channelId }: Move,
): Promise<{ channel: ChannelRow; members: string[] }> => {
  if (!(await mayTakeAway(tx, { viewer, video }))) {
    throw new AppError("forbidden", { hint: "Owners of the channel may move its videos; ask one of them." });
  }
  const channel = await findChannel(tx, channelId, { lock: "share" });
  if (channel === null || (await roleOn(tx, { viewer, channelId })) === null) {
    throw new AppError("not_found", { fields: { channelId: "channel_unknown" } });
  }
  if (channel.ownerId !== video.ownerId) {
    throw new AppError("conflict", {
      message: "That channel counts against the storage of another account.",
      hint: "Videos move between channels of one founder. Upload the file to that channel instead.",
      fields: { channelId: "other_founder" },
    });
  }
  const members = (await listMemberRows(tx, channelId)).map(({ userId }) => userId);
  return { channel, members };
};

/**
 * The channels on which a video may stand, its own first; only that one for those who may not move it. Throws `not_found`
 * for a video that the viewer may not see.
 */
export const listChannelsToMoveTo = async ({
  viewer,
  videoId,
}: {
  viewer: Account;
  videoId: string;
}): Promise<{ id: string; handle: string; name: string }[]> => {
  const video = await requireVisibleVideo(db(), { viewer, videoId });
  const own = { id: video.channelId, handle: video.channelHandle, name: video.channelName };
  if (!(await mayTakeAway(db(), { viewer, video }))) return [own];
  // Admins move videos between all channels of whoever founded them.
  const worksAs = viewer.role === "admin" ? video.ownerId : viewer.id;
  const others = (await listChannelsOfMember(db(), worksAs)).filter(
    ({ id, ownerId }) => ownerId === video.ownerId && id !== video.channelId,
  );
  return [own, ...others.map(({ id, handle, name }) => ({ id, handle, name }))];
};
