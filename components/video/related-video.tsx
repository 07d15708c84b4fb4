import Link from "next/link";
import { Poster } from "#components/video/poster.tsx";
import { ViewsAndAge } from "#components/video/views-and-age.tsx";
import type { VideoDto } from "#lib/videos/dto.ts";

/** A video in a narrow list: still on the left, words on the right. */
export const RelatedVideo = ({ video }: { video: VideoDto }) => (
  <article className="relative flex gap-3">
    <Poster video={video} place="list" className="h-fit w-[42%] max-w-[168px] shrink-0 rounded-control" />
    <div className="min-w-0 flex-1">
      <h3 className="line-clamp-2 text-14 font-bold wrap-anywhere">
        <Link
          href={`/watch/${video.id}`}
          prefetch={false}
          className="outline-none after:absolute after:inset-0 after:rounded-control focus-visible:after:outline-2 focus-visible:after:outline-offset-2 focus-visible:after:outline-accent"
        >
          {video.title}
        </Link>
      </h3>
      <p className="mt-1 flex flex-col text-12 text-muted">
        <Link
          href={`/@${video.channel.handle}`}
          prefetch={false}
          className="relative w-fit max-w-full truncate hover:text-ink"
        >
          {video.channel.name}
        </Link>
        <ViewsAndAge video={video} />
      </p>
    </div>
  </article>
);
