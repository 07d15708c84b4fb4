import Link from "next/link";
import { useTranslations } from "next-intl";
import { Poster } from "#components/video/poster.tsx";
import type { VideoDto } from "#lib/videos/dto.ts";

/** How much of it was seen, in whole percent; null where its length is not known. */
const percentOf = (video: VideoDto, positionMs: number): number | null =>
  video.durationMs === null || video.durationMs === 0
    ? null
    : Math.min(100, Math.round((positionMs / video.durationMs) * 100));

/** A video with how far one has come in it, under its still and in words. */
export const WatchedVideo = ({ video, positionMs }: { video: VideoDto; positionMs: number }) => {
  const t = useTranslations("library.past");
  const percent = percentOf(video, positionMs);
  return (
    <article className="relative flex min-w-0 flex-1 gap-4">
      <Poster video={video} place="history" className="h-fit w-[42%] max-w-[224px] shrink-0 rounded-control">
        {percent === null ? null : (
          <span aria-hidden className="absolute inset-x-0 bottom-0 h-1 bg-scrim">
            <span className="block h-full bg-accent" style={{ width: `${percent}%` }} />
          </span>
        )}
      </Poster>
      <div className="min-w-0 flex-1">
        <h3 className="line-clamp-2 text-15 font-bold wrap-anywhere">
          <Link
            href={`/watch/${video.id}`}
            prefetch={false}
            className="outline-none after:absolute after:inset-0 after:rounded-control focus-visible:after:outline-2 focus-visible:after:outline-offset-2 focus-visible:after:outline-accent"
          >
            {video.title}
          </Link>
        </h3>
        <p className="mt-1 text-13 text-muted">
          <Link href={`/@${video.channel.handle}`} prefetch={false} className="relative hover:text-ink">
            {video.channel.name}
          </Link>
        </p>
        {percent === null ? null : <p className="text-13 text-muted">{t("watched", { percent })}</p>}
      </div>
    </article>
  );
};
