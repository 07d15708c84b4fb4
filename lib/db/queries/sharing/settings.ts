import { eq } from "drizzle-orm";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { channelSharing, videoSharing } from "#lib/db/schema/index.ts";

/** Where a channel's videos may be embedded. */
export type ChannelSharingRow = Pick<typeof channelSharing.$inferSelect, "embedding" | "sites">;
/** What others may do with one video. */
export type VideoSharingRow = Pick<typeof videoSharing.$inferSelect, "embeddable" | "downloadable">;

/** What holds for a channel without a row. */
export const usualChannelSharing: ChannelSharingRow = { embedding: "anywhere", sites: [] };
/** What holds for a video without a row. */
export const usualVideoSharing: VideoSharingRow = { embeddable: true, downloadable: false };

/** Where a channel's videos may be embedded. */
export const findChannelSharing = async (tx: DbOrTx, channelId: string): Promise<ChannelSharingRow> => {
  const [row] = await tx
    .select({ embedding: channelSharing.embedding, sites: channelSharing.sites })
    .from(channelSharing)
    .where(eq(channelSharing.channelId, channelId));
  return row ?? usualChannelSharing;
};

/** Stores where a channel's videos may be embedded. */
export const putChannelSharing = async (tx: Tx, row: ChannelSharingRow & { channelId: string }): Promise<void> => {
  const { embedding, sites } = row;
  const set = { embedding, sites, updatedAt: new Date() };
  await tx.insert(channelSharing).values(row).onConflictDoUpdate({ target: channelSharing.channelId, set });
};

/** What others may do with a video. */
export const findVideoSharing = async (tx: DbOrTx, videoId: string): Promise<VideoSharingRow> => {
  const [row] = await tx
    .select({ embeddable: videoSharing.embeddable, downloadable: videoSharing.downloadable })
    .from(videoSharing)
    .where(eq(videoSharing.videoId, videoId));
  return row ?? usualVideoSharing;
};

/** Stores what others may do with a video. */
export const putVideoSharing = async (tx: Tx, row: VideoSharingRow & { videoId: string }): Promise<void> => {
  const { embeddable, downloadable } = row;
  const set = { embeddable, downloadable, updatedAt: new Date() };
  await tx.insert(videoSharing).values(row).onConflictDoUpdate({ target: videoSharing.videoId, set });
};
