import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Poster } from "#components/video/poster.tsx";
import type { VideoDto } from "#lib/videos/dto.ts";
import { watchedPlaylist } from "./watched-playlist.ts";

const Place = ({ video, playlistId, here }: { video: VideoDto; playlistId: string; here: boolean }) => (
  <li>
    <Link
      href={`/watch/${video.id}?list=${playlistId}`}
      prefetch={false}
      aria-current={here ? "true" : undefined}
      className="flex gap-3 rounded-control p-1.5 hover:bg-raised aria-[current=true]:bg-raised"
    >
      <Poster video={video} place="row" className="h-fit w-24 shrink-0 rounded-control" />
      <span className="min-w-0 flex-1">
        <span className="line-clamp-2 text-14 font-medium wrap-anywhere">{video.title}</span>
        <span className="block truncate text-12 text-muted">{video.channel.name}</span>
      </span>
    </Link>
  </li>
);

/** The playlist that one watches, with where one is in it; nothing for one that there is not, or that is closed to the asker. */
export const WatchPlaylist = async ({
  listId,
  videoId,
}: {
  listId: string | string[] | undefined;
  videoId: string;
}) => {
  const watched = await watchedPlaylist(listId);
  if (watched === null) return null;
  const { playlist, videos } = watched;
  const t = await getTranslations("library");
  const title = playlist.kind === "watch_later" ? t("watchLater") : playlist.title;
  return (
    <section aria-labelledby="watch-list" className="mx-4 mb-6 rounded-media bg-surface p-3 md:mx-0">
      <h2 id="watch-list" className="px-1.5 pb-2 text-16 font-bold wrap-anywhere">
        <Link href={`/playlists/${playlist.id}`} className="rounded-xs hover:underline">
          {title}
        </Link>
      </h2>
      <ol className="flex max-h-[420px] flex-col gap-0.5 overflow-y-auto">
        {videos.map((video) => (
          <Place key={video.id} video={video} playlistId={playlist.id} here={video.id === videoId} />
        ))}
      </ol>
    </section>
  );
};
