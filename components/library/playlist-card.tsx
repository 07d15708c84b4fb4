import { ListVideo } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { PosterImage } from "#components/video/poster-image.tsx";
import { type PosterPlace, posterSources } from "#components/video/poster-sources.ts";
import type { PlaylistDto } from "#lib/library/dto.ts";

/** Nothing is told of the video's shape: taken for the usual one. */
const coverSources = (playback: NonNullable<PlaylistDto["cover"]>, place: PosterPlace) =>
  posterSources({ playback, place, width: null, height: null });

/** A playlist in a grid: its first video's still, with how many there are. */
export const PlaylistCard = ({ playlist, place }: { playlist: PlaylistDto; place: PosterPlace }) => {
  const t = useTranslations("library");
  const { id, title, videos, cover, visibility } = playlist;
  return (
    <article className="relative">
      <div
        className="relative aspect-video overflow-hidden rounded-media bg-raised"
        style={cover?.dominantColor == null ? undefined : { backgroundColor: cover.dominantColor }}
      >
        {cover?.posterUrl == null ? null : (
          <PosterImage src={cover.posterUrl} sources={coverSources(cover, place)} eager={false} upright={false} />
        )}
        <span className="tabular absolute right-1.5 bottom-1.5 flex items-center gap-1.5 rounded-xs bg-badge px-1.5 py-0.5 text-12 font-bold text-on-badge">
          <ListVideo aria-hidden size={14} strokeWidth={2} />
          {t("videos", { count: videos })}
        </span>
      </div>
      <h3 className="mt-2 line-clamp-2 text-15 font-bold wrap-anywhere">
        <Link
          href={`/playlists/${id}`}
          prefetch={false}
          className="outline-none after:absolute after:inset-0 after:rounded-media focus-visible:after:outline-2 focus-visible:after:outline-offset-2 focus-visible:after:outline-accent"
        >
          {title}
        </Link>
      </h3>
      <p className="text-13 text-muted">{t(`visibility.${visibility}`)}</p>
    </article>
  );
};
