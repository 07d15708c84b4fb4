import { ListVideo } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { NewPlaylistButton } from "#components/library/new-playlist.tsx";
import { PlaylistCard } from "#components/library/playlist-card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { VideoCard } from "#components/video/video-card.tsx";
import { listHistory } from "#lib/library/history.ts";
import { listLiked } from "#lib/library/likes.ts";
import { listWatchLater } from "#lib/library/playlist-items.ts";
import { listOwnPlaylists } from "#lib/library/playlists.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { signedInFor } from "../library-gate.ts";
import { LibraryPage } from "../library-page.tsx";

/** So many of each are shown here; their own pages have the rest. */
const shown = 6;

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("library");
  return { title: t("title"), robots: { index: false } };
};

const Section = async ({ title, href, children }: { title: string; href: string; children: ReactNode }) => {
  const t = await getTranslations("library");
  return (
    <section className="pb-10">
      <div className="flex items-baseline justify-between gap-4 pb-3">
        <h2 className="text-20 font-bold">{title}</h2>
        <Link href={href} aria-label={`${t("all")}: ${title}`} className="rounded-xs text-14 text-muted hover:text-ink">
          {t("all")}
        </Link>
      </div>
      {children}
    </section>
  );
};

const Row = ({ videos }: { videos: readonly VideoDto[] }) => (
  <ul className="grid grid-cols-1 max-sm:-mx-4 gap-x-4 gap-y-8 sm:grid-cols-[repeat(auto-fill,minmax(240px,1fr))]">
    {videos.map((video) => (
      <li key={video.id}>
        <VideoCard video={video} place="denseGrid" />
      </li>
    ))}
  </ul>
);

const present = (items: readonly { video: VideoDto | null }[]): VideoDto[] => items.flatMap(({ video }) => video ?? []);

/** What one keeps: where one stopped, what to watch later, playlists, what one likes. */
export default async function LibraryHome() {
  const viewer = await signedInFor("/library");
  const [t, language] = await Promise.all([getTranslations("library"), getLocale()]);
  const asked = { viewer, query: { limit: shown }, locale: language === "uk" ? ("uk" as const) : ("en" as const) };
  const [history, later, playlists, liked] = await Promise.all([
    listHistory(asked),
    listWatchLater(asked),
    listOwnPlaylists({ viewer, query: { limit: 60 } }),
    listLiked(asked),
  ]);
  const rows = [
    { title: t("history"), href: "/history", videos: present(history.items) },
    { title: t("watchLater"), href: "/watch-later", videos: present(later.items) },
    { title: t("liked"), href: "/liked", videos: liked.items },
  ];
  return (
    <LibraryPage title={t("title")} tools={<NewPlaylistButton />}>
      {rows.map(({ videos, ...row }) =>
        videos.length === 0 ? null : (
          <Section key={row.href} {...row}>
            <Row videos={videos} />
          </Section>
        ),
      )}
      <section>
        <h2 className="pb-3 text-20 font-bold">{t("playlists")}</h2>
        {playlists.items.length === 0 ? (
          <EmptyState icon={<ListVideo strokeWidth={1.5} />} title={t("list.none")} text={t("list.noneText")} />
        ) : (
          <ul className="grid grid-cols-1 gap-x-4 gap-y-8 sm:grid-cols-[repeat(auto-fill,minmax(240px,1fr))]">
            {playlists.items.map((playlist) => (
              <li key={playlist.id}>
                <PlaylistCard playlist={playlist} place="denseGrid" />
              </li>
            ))}
          </ul>
        )}
      </section>
    </LibraryPage>
  );
}
