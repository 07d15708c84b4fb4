import Link from "next/link";
import { useTranslations } from "next-intl";
import { type SeenPart, VideoCard } from "#components/video/video-card.tsx";
import type { VideoDto } from "#lib/videos/dto.ts";

/** One card of a shelf. */
export type ShelvedVideo = { video: VideoDto; seen?: SeenPart };

/** A heading with a row of videos that moves sideways and, where there is more of it, the way there. */
export const VideoShelf = ({
  id,
  title,
  href,
  videos,
  eager = false,
}: {
  id: string;
  title: string;
  href: string;
  videos: readonly ShelvedVideo[];
  eager?: boolean;
}) => {
  const t = useTranslations("browse");
  return (
    <section aria-labelledby={id} className="pb-8">
      <div className="flex items-baseline justify-between gap-4 px-4 pb-3 sm:px-0">
        <h2 id={id} className="text-20 font-bold">
          {title}
        </h2>
        <Link
          href={href}
          aria-label={t("allOf", { name: title })}
          className="shrink-0 text-14 text-muted hover:text-ink"
        >
          {t("all")}
        </Link>
      </div>
      <ul className="-my-1 flex snap-x scroll-px-4 gap-4 overflow-x-auto py-1 max-sm:px-4 sm:-mx-1 sm:scroll-px-1 sm:px-1">
        {videos.map(({ video, seen }, at) => (
          <li key={video.id} className="w-[min(280px,78vw)] shrink-0 snap-start">
            <VideoCard
              video={video}
              heading="h3"
              compact
              eager={eager && at < 4}
              {...(seen === undefined ? {} : { seen })}
            />
          </li>
        ))}
      </ul>
    </section>
  );
};
