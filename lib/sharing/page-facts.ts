import { db } from "#lib/db/client.ts";
import { findSharedVideo } from "#lib/db/queries/sharing/shared-videos.ts";
import { isEmbeddable } from "#lib/sharing/embed-rights.ts";
import type { DescribedVideo } from "#lib/sharing/json-ld.ts";
import { isTold } from "#lib/sharing/shared-video.ts";
import type { VideoDto } from "#lib/videos/dto.ts";

/** What a page about a video says of it to other sites and programs. */
export type PageFacts = {
  /** Whether the owner lets other sites show the player. */
  embeddable: boolean;
  /** What search engines and link previews are told; null for what is not in everybody's lists. */
  described: DescribedVideo | null;
};

/** What a page about a video that its viewer may see says of it to others. */
export const pageFacts = async (video: VideoDto): Promise<PageFacts> => {
  const row = await findSharedVideo(db(), video.id);
  if (row === null) return { embeddable: false, described: null };
  const embeddable = isEmbeddable(row);
  const { posterUrl, chapters } = video.playback;
  if (!isTold(row) || posterUrl === null || row.publishedAt === null) return { embeddable, described: null };
  const { id, title, description, tags, language, durationMs, viewCount } = row;
  return {
    embeddable,
    described: {
      ...{ id, title, description, tags, language, durationMs, viewCount, posterUrl, chapters, embeddable },
      publishedAt: row.publishedAt.toISOString(),
      channel: { handle: row.channelHandle, name: row.channelName },
    },
  };
};
