import { ListVideo, Play } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound, redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { cache } from "react";
import { PlaylistItems } from "#components/library/playlist-items.tsx";
import { PlaylistTools } from "#components/library/playlist-tools.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { AppError } from "#lib/errors.ts";
import { idSchema } from "#lib/ids.ts";
import type { PlaylistDto } from "#lib/library/dto.ts";
import { listPlaylistItems } from "#lib/library/playlist-items.ts";
import { getPlaylist } from "#lib/library/playlists.ts";
import { currentViewer } from "#lib/web/identity/current-viewer.ts";
import { LibraryPage } from "../../library-page.tsx";

type Props = { params: Promise<{ playlistId: string }> };

/** The playlist, or the not-found page for what there is not and what the asker may not see alike. */
const playlistOf = cache(async (playlistId: string): Promise<PlaylistDto> => {
  if (!idSchema.safeParse(playlistId).success) notFound();
  const playlist = await getPlaylist({ viewer: await currentViewer(), playlistId }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
  if (playlist.kind === "watch_later") redirect("/watch-later");
  return playlist;
});

/** Title and words; only public lists may be indexed. */
export const generateMetadata = async ({ params }: Props): Promise<Metadata> => {
  const { id, title, description, visibility } = await playlistOf((await params).playlistId);
  return {
    title,
    ...(description === "" ? {} : { description: description.slice(0, 200) }),
    alternates: { canonical: `/playlists/${id}` },
    ...(visibility === "public" ? {} : { robots: { index: false } }),
  };
};

const About = async ({ playlist }: { playlist: PlaylistDto }) => {
  const t = await getTranslations("library");
  const { owner, videos, visibility, description } = playlist;
  const facts = [
    t("list.by", { name: owner.displayName }),
    t("videos", { count: videos }),
    visibility === "public" ? null : t(`visibility.${visibility}`),
  ];
  return (
    <>
      <p>{facts.filter((fact) => fact !== null).join(" · ")}</p>
      {description === "" ? null : <p className="mt-2 whitespace-pre-line wrap-anywhere">{description}</p>}
    </>
  );
};

/** A playlist in its order. */
export default async function PlaylistPage({ params }: Props) {
  const playlist = await playlistOf((await params).playlistId);
  const [viewer, t, locale] = await Promise.all([currentViewer(), getTranslations("library"), getLocale()]);
  const asked = { viewer, playlistId: playlist.id, query: { limit: 100 } };
  const first = await listPlaylistItems({ ...asked, locale: locale === "uk" ? "uk" : "en" });
  const start = first.items.find(({ video }) => video !== null)?.video;
  return (
    <LibraryPage
      narrow
      title={playlist.title}
      note={<About playlist={playlist} />}
      tools={
        <div className="flex flex-wrap gap-2">
          {start == null ? null : (
            <Link href={`/watch/${start.id}?list=${playlist.id}`} className={buttonClass({ variant: "primary" })}>
              <Play aria-hidden strokeWidth={1.75} />
              {t("list.playAll")}
            </Link>
          )}
          {playlist.editable ? <PlaylistTools playlist={playlist} /> : null}
        </div>
      }
    >
      {first.items.length === 0 ? (
        <EmptyState icon={<ListVideo strokeWidth={1.5} />} title={t("list.empty")} text={t("list.emptyText")} />
      ) : (
        <PlaylistItems playlistId={playlist.id} first={first} editable={playlist.editable} />
      )}
    </LibraryPage>
  );
}
