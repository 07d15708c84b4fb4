import { and, asc, desc, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { listed } from "#lib/db/queries/videos/visible-to.ts";
import { assets, audioExports, channelSharing, channels, users, videoSharing, videos } from "#lib/db/schema/index.ts";

const columns = {
  id: videos.id,
  title: videos.title,
  description: videos.description,
  tags: videos.tags,
  language: videos.language,
  visibility: videos.visibility,
  status: videos.status,
  playbackVersion: videos.playbackVersion,
  currentRunId: videos.currentRunId,
  posterKey: videos.posterKey,
  width: videos.width,
  height: videos.height,
  durationMs: videos.durationMs,
  viewCount: videos.viewCount,
  publishedAt: videos.publishedAt,
  updatedAt: videos.updatedAt,
  takenDownAt: videos.takenDownAt,
  deletedAt: videos.deletedAt,
  channelId: videos.channelId,
  channelHandle: channels.handle,
  channelName: channels.name,
  ownerId: channels.ownerId,
  ownerStatus: users.status,
  embedding: sql<"anywhere" | "listed" | "nowhere">`coalesce(${channelSharing.embedding}, 'anywhere')`,
  sites: sql<string[]>`coalesce(${channelSharing.sites}, '{}')`,
  embeddable: sql<boolean>`coalesce(${videoSharing.embeddable}, true)`,
  downloadable: sql<boolean>`coalesce(${videoSharing.downloadable}, false)`,
};

const shared = (tx: DbOrTx) =>
  tx
    .select(columns)
    .from(videos)
    .innerJoin(channels, eq(channels.id, videos.channelId))
    .innerJoin(users, eq(users.id, channels.ownerId))
    .leftJoin(channelSharing, eq(channelSharing.channelId, channels.id))
    .leftJoin(videoSharing, eq(videoSharing.videoId, videos.id));

/** A video as it is told to other sites, with what its channel and its owner allow. */
export type SharedVideoRow = Awaited<ReturnType<typeof shared>>[number];

/**
 * These videos with what decides about sharing them. The page of ids is found first and alone: joined with the rest, the
 * planner would leave the order of the index and sort all videos for a page of them.
 */
const sharedOf = (tx: DbOrTx, page: SQL) => shared(tx).where(sql`${videos.id} in (${page})`);

/** A video with what decides about sharing it, whatever its state, or null. */
export const findSharedVideo = async (tx: DbOrTx, videoId: string): Promise<SharedVideoRow | null> => {
  const [row] = await shared(tx).where(eq(videos.id, videoId));
  return row ?? null;
};

/** The newest sound file of a video that may be downloaded. */
export type SoundFile = { assetId: string; key: string; sizeBytes: number; contentType: string };

/** A channel's newest videos that everybody finds in lists, whatever its owner's standing. */
export const listFeedVideos = (
  tx: DbOrTx,
  { channelId, limit }: { channelId: string; limit: number },
): Promise<SharedVideoRow[]> => {
  const page = tx
    .select({ id: videos.id })
    .from(videos)
    .where(and(listed(), eq(videos.channelId, channelId)))
    .orderBy(sql`${videos.publishedAt} desc nulls last`, sql`${videos.id} desc nulls last`)
    .limit(limit);
  return sharedOf(tx, page.getSQL()).orderBy(desc(videos.publishedAt), desc(videos.id));
};

const soundOf = (tx: DbOrTx) =>
  tx
    .select({ key: assets.key, assetId: assets.id, sizeBytes: assets.sizeBytes, contentType: assets.contentType })
    .from(audioExports)
    .innerJoin(assets, eq(assets.id, audioExports.assetId))
    .where(and(eq(audioExports.videoId, videos.id), eq(audioExports.state, "done")))
    .orderBy(desc(audioExports.id))
    .limit(1)
    .as("sound");

/** A channel's newest public videos that may be downloaded and have a sound file. */
export const listPodcastVideos = async (
  tx: DbOrTx,
  { channelId, limit }: { channelId: string; limit: number },
): Promise<(SharedVideoRow & { sound: SoundFile })[]> => {
  const sound = soundOf(tx);
  const rows = await tx
    .select({
      video: columns,
      sound: { key: sound.key, assetId: sound.assetId, sizeBytes: sound.sizeBytes, contentType: sound.contentType },
    })
    .from(videos)
    .innerJoin(channels, eq(channels.id, videos.channelId))
    .innerJoin(users, eq(users.id, channels.ownerId))
    .leftJoin(channelSharing, eq(channelSharing.channelId, channels.id))
    .innerJoin(videoSharing, and(eq(videoSharing.videoId, videos.id), videoSharing.downloadable))
    .innerJoinLateral(sound, sql`true`)
    .where(and(listed(), isNotNull(videos.currentRunId), eq(users.status, "active"), eq(videos.channelId, channelId)))
    .orderBy(sql`${videos.publishedAt} desc nulls last`, sql`${videos.id} desc nulls last`)
    .limit(limit);
  return rows.map(({ video, sound }) => ({ ...video, sound }));
};

/** The newest sound file of a video, or null. Says nothing about who may have it. */
export const findSoundFile = async (tx: DbOrTx, videoId: string): Promise<SoundFile | null> => {
  const [row] = await tx
    .select({ key: assets.key, assetId: assets.id, sizeBytes: assets.sizeBytes, contentType: assets.contentType })
    .from(audioExports)
    .innerJoin(assets, eq(assets.id, audioExports.assetId))
    .where(and(eq(audioExports.videoId, videoId), eq(audioExports.state, "done")))
    .orderBy(desc(audioExports.id))
    .limit(1);
  return row ?? null;
};

/** Where a part of the site map begins. */
export type SitemapPosition = { publishedAt: Date; id: string };

/**
 * The first of every `size` public videos, oldest first. Reads the whole index of public videos and no row of the table:
 * for an answer that is remembered.
 */
export const listSitemapStarts = async (tx: DbOrTx, size: number): Promise<SitemapPosition[]> => {
  const numbered = tx
    .select({
      id: videos.id,
      publishedAt: videos.publishedAt,
      place:
        sql<number>`row_number() over (order by ${videos.publishedAt} asc nulls first, ${videos.id} asc nulls first)`.as(
          "place",
        ),
    })
    .from(videos)
    .where(
      and(
        eq(videos.visibility, "public"),
        eq(videos.status, "ready"),
        isNull(videos.deletedAt),
        isNotNull(videos.publishedAt),
      ),
    )
    .as("numbered");
  const rows = await tx
    .select({ id: numbered.id, publishedAt: numbered.publishedAt })
    .from(numbered)
    .where(sql`${numbered.place} % ${size} = ${size === 1 ? 0 : 1}`)
    .orderBy(asc(numbered.place));
  return rows.flatMap(({ id, publishedAt }) => (publishedAt === null ? [] : [{ id, publishedAt }]));
};

/**
 * Videos that everybody finds in lists from a position on (or `after` it) and published before `until`, oldest first, whatever
 * their owners' standing.
 */
export const listSitemapVideos = (
  tx: DbOrTx,
  input: { from: SitemapPosition; after: boolean; until: Date | null; limit: number },
): Promise<SharedVideoRow[]> => {
  const { from, after, until, limit } = input;
  const sign = after ? sql`>` : sql`>=`;
  const at = from.publishedAt.toISOString();
  const before = until === null ? undefined : sql`${videos.publishedAt} < ${until.toISOString()}::timestamptz`;
  const page = tx
    .select({ id: videos.id })
    .from(videos)
    .where(
      and(listed(), sql`(${videos.publishedAt}, ${videos.id}) ${sign} (${at}::timestamptz, ${from.id}::uuid)`, before),
    )
    // The index is built the other way round, nulls last: read backwards it gives them first.
    .orderBy(sql`${videos.publishedAt} asc nulls first`, sql`${videos.id} asc nulls first`)
    .limit(limit);
  return sharedOf(tx, page.getSQL()).orderBy(asc(videos.publishedAt), asc(videos.id));
};
