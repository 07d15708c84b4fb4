import { ThumbsUp } from "lucide-react";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { OwnVideos } from "#components/library/own-videos.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { listLiked } from "#lib/library/likes.ts";
import { type ListSearch, readList } from "../../list-search.ts";
import { readPage } from "../../read-page.ts";
import { signedInFor } from "../library-gate.ts";
import { LibraryPage } from "../library-page.tsx";

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("library");
  return { title: t("liked"), robots: { index: false } };
};

/** Videos that one likes. */
export default async function LikedPage({ searchParams }: { searchParams: ListSearch }) {
  const viewer = await signedInFor("/liked");
  const [{ cursor }, t, locale] = await Promise.all([
    searchParams.then(readList),
    getTranslations("library"),
    getLocale(),
  ]);
  const asked = { viewer, query: { limit: 24, cursor }, locale: locale === "uk" ? ("uk" as const) : ("en" as const) };
  const first = await readPage(listLiked(asked), "/liked");
  return (
    <LibraryPage title={t("liked")}>
      {first.items.length === 0 ? (
        <EmptyState icon={<ThumbsUp strokeWidth={1.5} />} title={t("likes.empty")} text={t("likes.emptyText")} />
      ) : (
        <OwnVideos key={cursor ?? ""} list="likes" first={first} path="/liked" />
      )}
    </LibraryPage>
  );
}
