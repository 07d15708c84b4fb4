import { Captions } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { MarkedText } from "#components/search/marked-text.tsx";
import { tagHref } from "#components/search/search-address.ts";
import { Dotted } from "#components/ui/dotted.tsx";
import { clock } from "#components/video/duration.ts";
import { Poster } from "#components/video/poster.tsx";
import { ViewsAndAge } from "#components/video/views-and-age.tsx";
import type { SearchResultDto } from "#lib/search/dto.ts";

type Hit = SearchResultDto["items"][number];

/** Lines of the transcript that fit; each opens the video at its second. */
const Lines = ({ video, cues }: Pick<Hit, "video" | "cues">) => {
  const t = useTranslations("search");
  return (
    <ul aria-label={t("lines", { title: video.title })} className="relative -mx-1.5 mt-2 flex flex-col gap-0.5">
      {cues.map((cue) => (
        <li key={`${cue.captionId} ${cue.startMs}`}>
          <Link
            href={`/watch/${video.id}?t=${Math.floor(cue.startMs / 1000)}`}
            prefetch={false}
            className="flex items-baseline gap-2 rounded-xs px-1.5 py-1 text-14 text-muted hover:bg-hover hover:text-ink"
          >
            <Captions aria-hidden size={14} strokeWidth={1.75} className="shrink-0 self-center text-faint" />
            <span className="tabular shrink-0 text-12 text-accent">{clock(cue.startMs)}</span>
            <span className="line-clamp-2 wrap-anywhere">
              <MarkedText text={cue.text} ranges={cue.ranges} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
};

/** Tags that fit; each leads to its own page. */
const Tags = ({ tags }: { tags: readonly string[] }) => {
  const t = useTranslations("watch");
  return (
    <ul aria-label={t("tags")} className="mt-1.5 flex flex-wrap gap-x-3 text-13 text-muted">
      {tags.map((tag) => (
        <li key={tag} className="min-w-0">
          <Link href={tagHref(tag)} prefetch={false} className="relative block truncate hover:text-ink hover:underline">
            #{tag}
          </Link>
        </li>
      ))}
    </ul>
  );
};

/** A found video with what fits in its title, its description and its words. */
export const SearchHit = ({ hit, eager }: { hit: Hit; eager: boolean }) => {
  const { video, highlights, cues } = hit;
  return (
    <article className="relative flex flex-col gap-3 sm:flex-row sm:gap-4">
      <Poster
        video={video}
        place="hit"
        eager={eager}
        className="h-fit shrink-0 sm:w-[38%] sm:max-w-80 sm:rounded-media"
      />
      <div className="min-w-0 flex-1 px-4 sm:px-0">
        <h2 className="line-clamp-2 text-16 font-bold wrap-anywhere">
          <Link
            href={`/watch/${video.id}`}
            prefetch={false}
            className="outline-none after:absolute after:inset-0 after:rounded-media focus-visible:after:outline-2 focus-visible:after:outline-offset-2 focus-visible:after:outline-accent"
          >
            {highlights.title === null ? video.title : <MarkedText {...highlights.title} />}
          </Link>
        </h2>
        <p className="mt-1 text-13 text-muted">
          <Dotted>
            <Link href={`/@${video.channel.handle}`} prefetch={false} className="truncate hover:text-ink">
              {video.channel.name}
            </Link>
            <ViewsAndAge video={video} />
          </Dotted>
        </p>
        {highlights.description === null ? null : (
          <p className="mt-2 line-clamp-2 text-14 text-muted wrap-anywhere">
            <MarkedText {...highlights.description} />
          </p>
        )}
        {highlights.tags.length === 0 ? null : <Tags tags={highlights.tags} />}
        {cues.length === 0 ? null : <Lines video={video} cues={cues} />}
      </div>
    </article>
  );
};
