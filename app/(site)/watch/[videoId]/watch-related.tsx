import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { RelatedVideo } from "#components/video/related-video.tsx";
import { videosLike } from "#lib/search/related-videos.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { currentViewer } from "#lib/web/identity/current-viewer.ts";

/** Videos like the one that is open. Looked up once per render. */
export const relatedTo = cache(async (videoId: string, channelId: string): Promise<VideoDto[]> => {
  const viewer = await currentViewer();
  return videosLike({ viewer, videoId, channelId, limit: 12 });
});

/** The list beside the video. */
export const WatchRelated = async ({ video: { id, channel } }: { video: Pick<VideoDto, "id" | "channel"> }) => {
  const [t, others] = await Promise.all([getTranslations("watch"), relatedTo(id, channel.id)]);
  return (
    <aside className="px-4 md:px-0">
      <h2 className="pb-3 text-16 font-bold">{t("related")}</h2>
      {others.length === 0 ? <p className="text-14 text-muted">{t("noRelated")}</p> : null}
      <ul className="flex flex-col gap-4">
        {others.map((video) => (
          <li key={video.id}>
            <RelatedVideo video={video} />
          </li>
        ))}
      </ul>
    </aside>
  );
};
