import Link from "next/link";
import { Avatar } from "#components/ui/avatar.tsx";
import { CardPreview } from "#components/video/card-preview.tsx";
import { Poster } from "#components/video/poster.tsx";
import type { PosterPlace } from "#components/video/poster-sources.ts";
import { ViewsAndAge } from "#components/video/views-and-age.tsx";
import type { VideoDto } from "#lib/videos/dto.ts";

/** What a `VideoCard` takes. */
export type VideoCardProps = {
  video: VideoDto;
  eager?: boolean;
  /** Off on the channel's own page, where every card would repeat it. */
  showChannel?: boolean;
  /** Below a heading of its own. */
  heading?: "h2" | "h3";
  /** In a row that moves sideways, where cards do not fill the width of a phone. */
  compact?: boolean;
  /** Where it stands, unless that is a grid of the usual columns or a row that moves sideways. */
  place?: PosterPlace;
  /** How far its viewer has come. */
  seen?: SeenPart;
};

/** A part of a video in percent, and in words. */
export type SeenPart = { percent: number; label: string };

/** How much of a video was seen, along the lower edge of its still. */
const SeenBar = ({ seen: { percent, label } }: { seen: SeenPart }) => (
  <span className="absolute inset-x-0 bottom-0 h-1 bg-scrim">
    <span aria-hidden className="block h-full bg-accent" style={{ width: `${percent}%` }} />
    <span className="sr-only">{label}</span>
  </span>
);

/** A video in a grid. The title's link covers the whole card; the channel's lies above it. */
export const VideoCard = ({
  video,
  eager = false,
  showChannel = true,
  heading: Heading = "h2",
  compact = false,
  place = compact ? "shelf" : "grid",
  seen,
}: VideoCardProps) => (
  <article className="group/card relative">
    <Poster video={video} place={place} eager={eager} className={compact ? "rounded-media" : "sm:rounded-media"}>
      {video.playback.previewUrl === null ? null : <CardPreview url={video.playback.previewUrl} />}
      {seen === undefined ? null : <SeenBar seen={seen} />}
    </Poster>
    <div className={compact ? "flex gap-3 pt-3" : "flex gap-3 px-4 pt-3 sm:px-0"}>
      {showChannel ? <Avatar name={video.channel.name} /> : null}
      <div className="min-w-0 flex-1">
        <Heading className="line-clamp-2 text-15 font-bold wrap-anywhere">
          <Link
            href={`/watch/${video.id}`}
            prefetch={false}
            className="outline-none after:absolute after:inset-0 after:rounded-media focus-visible:after:outline-2 focus-visible:after:outline-offset-2 focus-visible:after:outline-accent"
          >
            {video.title}
          </Link>
        </Heading>
        <p className="mt-1 flex flex-col text-13 text-muted">
          {showChannel ? (
            <Link
              href={`/@${video.channel.handle}`}
              prefetch={false}
              className="relative w-fit max-w-full truncate hover:text-ink"
            >
              {video.channel.name}
            </Link>
          ) : null}
          <ViewsAndAge video={video} />
        </p>
      </div>
    </div>
  </article>
);
