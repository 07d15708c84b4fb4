import { Clock } from "lucide-react";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PlaylistItems } from "#components/library/playlist-items.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { listWatchLater } from "#lib/library/playlist-items.ts";
import { signedInFor } from "../library-gate.ts";
import { LibraryPage } from "../library-page.tsx";

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("library");
  return { title: t("watchLater"), robots: { index: false } };
};

/** What one watches later, in one's own order. */
export default async function WatchLaterPage() {
  const viewer = await signedInFor("/watch-later");
  const [t, locale] = await Promise.all([getTranslations("library"), getLocale()]);
  const first = await listWatchLater({ viewer, query: { limit: 100 }, locale: locale === "uk" ? "uk" : "en" });
  return (
    <LibraryPage narrow title={t("watchLater")}>
      {first.items.length === 0 ? (
        <EmptyState icon={<Clock strokeWidth={1.5} />} title={t("later.empty")} text={t("later.emptyText")} />
      ) : (
        <PlaylistItems playlistId={first.playlistId} first={first} editable />
      )}
    </LibraryPage>
  );
}
