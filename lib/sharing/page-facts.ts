import { db } from "#lib/db/client.ts";
import { findSharedVideo, findSoundFile, type SharedVideoRow } from "#lib/db/queries/sharing/shared-videos.ts";
import { addressesOf } from "#lib/sharing/addresses.ts";
import { isEmbeddable } from "#lib/sharing/embed-rights.ts";
import type { DescribedVideo } from "#lib/sharing/json-ld.ts";
import { isOpen, isTold } from "#lib/sharing/shared-video.ts";
import type { VideoDto } from "#lib/videos/dto.ts";

/** What a page about a video says of it to other sites and programs. */
export type PageFacts = {
  /** Whether the owner lets other sites show the player. */
  embeddable: boolean;
  /** What search engines and link previews are told; null for what is not in everybody's lists. */
  described: DescribedVideo | null;
  /** Where everybody may download its sound; null where the owner does not allow it, and without a sound file. */
  soundUrl: string | null;
};

/** Path of the sound file of a video whose owner lets everybody have it; see `serveSound`. */
const soundPath = async (row: SharedVideoRow): Promise<string | null> => {
  if (!row.downloadable || !isOpen(row)) return null;
  return (await findSoundFile(db(), row.id)) === null ? null : addressesOf({ origin: "", videoId: row.id }).audio;
};

/** What a page about a video that its viewer may see says of it to others. */
export const pageFacts = async (video: VideoDto): Promise<PageFacts> => {
  const row = await findSharedVideo(db(), video.id);
  if (row === null) return { embeddable: false, described: null, soundUrl: null };
  const embeddable = isEmbeddable(row);
  const soundUrl = await soundPath(row);
  const { posterUrl, chapters } = video.playback;
  if (!isTold(row) || posterUrl === null || row.publishedAt === null) return { embeddable, described: null, soundUrl };
  const { id, title, description, tags, language, durationMs, viewCount } = row;
  return {
    ...{ embeddable, soundUrl },
    described: {
      ...{ id, title, description, tags, language, durationMs, viewCount, posterUrl, chapters, embeddable },
      publishedAt: row.publishedAt.toISOString(),
      channel: { handle: row.channelHandle, name: row.channelName },
    },
  };
};
