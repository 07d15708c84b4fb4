import { eq } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { assets, channels, videos } from "#lib/db/schema/index.ts";

/** What decides about delivery of a video's files. */
export type VideoAccessRow = {
  id: string;
  ownerId: string;
  visibility: "private" | "unlisted" | "public";
  playbackVersion: number;
  deletedAt: Date | null;
};

/** What decides about delivery of a video's files, or null when there is no such video. */
export const findVideoAccess = async (tx: DbOrTx, videoId: string): Promise<VideoAccessRow | null> => {
  const [row] = await tx
    .select({
      id: videos.id,
      ownerId: channels.ownerId,
      visibility: videos.visibility,
      playbackVersion: videos.playbackVersion,
      deletedAt: videos.deletedAt,
    })
    .from(videos)
    .innerJoin(channels, eq(channels.id, videos.channelId))
    .where(eq(videos.id, videoId));
  return row ?? null;
};

/** A stored file with what its video says about it, or null. */
export const findAsset = async (tx: DbOrTx, assetId: string) => {
  const [row] = await tx
    .select({
      key: assets.key,
      kind: assets.kind,
      contentType: assets.contentType,
      title: videos.title,
      sourceFilename: videos.sourceFilename,
      visibility: videos.visibility,
      deletedAt: videos.deletedAt,
      ownerId: channels.ownerId,
    })
    .from(assets)
    .innerJoin(videos, eq(videos.id, assets.videoId))
    .innerJoin(channels, eq(channels.id, videos.channelId))
    .where(eq(assets.id, assetId));
  return row ?? null;
};
