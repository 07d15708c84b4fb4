import { and, eq, ne, notExists, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { memberIdsOfChannel } from "#lib/db/queries/channels/channel-members.ts";
import { assets, channels, playbackTokens, renditions, runs, videos } from "#lib/db/schema/index.ts";

/** What decides about delivery of a video's files. */
export type VideoAccessRow = {
  id: string;
  /** The account that its delivery counts against. */
  ownerId: string;
  memberIds: string[];
  visibility: "private" | "unlisted" | "public";
  playbackVersion: number;
  takenDownAt: Date | null;
  deletedAt: Date | null;
  /** Whether a mark is to be burned in: its unmarked source is nobody's to watch. */
  marked: boolean;
  /** The published run when it has no other picture than the source's own, else null. */
  onlySourceRunId: string | null;
  /** Runs that ended without a result and lack the mark that is to be burned in: nothing of theirs is anybody's to watch. */
  unmarkedRunIds: string[];
  /** Playback tokens that were taken back before their time, as signatures name them. */
  revokedGrants: string[];
};

/** What decides about delivery of a video's files, or null when there is no such video. */
export const findVideoAccess = async (tx: DbOrTx, videoId: string): Promise<VideoAccessRow | null> => {
  const encoded = tx
    .select({ name: renditions.name })
    .from(renditions)
    .where(and(eq(renditions.runId, videos.currentRunId), eq(renditions.kind, "video"), ne(renditions.name, "source")));
  const [row] = await tx
    .select({
      id: videos.id,
      ownerId: channels.ownerId,
      memberIds: memberIdsOfChannel,
      visibility: videos.visibility,
      playbackVersion: videos.playbackVersion,
      takenDownAt: videos.takenDownAt,
      deletedAt: videos.deletedAt,
      marked: sql<boolean>`coalesce(jsonb_typeof(${videos.wishes} -> 'watermark') = 'object', false)`,
      unmarkedRunIds: sql<string[]>`array(
        select r.id::text from ${runs} r
        where r.video_id = ${videos.id} and r.state in ('failed', 'cancelled')
          and jsonb_typeof(${videos.wishes} -> 'watermark') = 'object'
          and (r.wishes -> 'watermark') is distinct from (${videos.wishes} -> 'watermark'))`,
      revokedGrants: sql<string[]>`array(
        select replace(t.id::text, '-', '') from ${playbackTokens} t
        where t.video_id = ${videos.id} and t.revoked_at is not null and t.expires_at > now())`,
      onlySourceRunId: sql<string | null>`case when ${notExists(encoded)} then ${videos.currentRunId} end`,
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
      videoId: assets.videoId,
      key: assets.key,
      kind: assets.kind,
      contentType: assets.contentType,
      sizeBytes: assets.sizeBytes,
      title: videos.title,
      sourceFilename: videos.sourceFilename,
      visibility: videos.visibility,
      takenDownAt: videos.takenDownAt,
      deletedAt: videos.deletedAt,
      ownerId: channels.ownerId,
      memberIds: memberIdsOfChannel,
    })
    .from(assets)
    .innerJoin(videos, eq(videos.id, assets.videoId))
    .innerJoin(channels, eq(channels.id, videos.channelId))
    .where(eq(assets.id, assetId));
  return row ?? null;
};
