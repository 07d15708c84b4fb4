import { TrendingUp } from "lucide-react";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { VideoGrid } from "#components/video/video-grid.tsx";
import { listVideos } from "#lib/videos/list-videos.ts";
import { currentViewer } from "#lib/web/identity/current-viewer.ts";
import { type ListSearch, listHref, readList } from "../../../list-search.ts";
import { readPage } from "../../../read-page.ts";
import { browseHead } from "../browse-head.ts";

const query = { sort: "trending", limit: 24 } as const;

/** Title, the one address and words for other sites. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("browse");
  return browseHead({ title: t("trending"), description: t("trendingDescription"), path: "/trending" });
};

/** Public videos by views that weigh half every two days. */
export default async function TrendingPage({ searchParams }: { searchParams: ListSearch }) {
  const [viewer, { cursor }, t, locale] = await Promise.all([
    currentViewer(),
    searchParams.then(readList),
    getTranslations("browse"),
    getLocale(),
  ]);
  const page = await readPage(
    listVideos({ viewer, query: { ...query, cursor }, locale: locale === "uk" ? "uk" : "en" }),
    "/trending",
  );
  return (
    <div className="pt-4 pb-12 sm:px-4 sm:pr-6 md:pl-2">
      <h1 className="px-4 text-28 font-bold sm:px-0">{t("trending")}</h1>
      <p className="px-4 pb-5 text-14 text-muted sm:px-0">{t("trendingDescription")}</p>
      {page.items.length === 0 ? (
        <EmptyState icon={<TrendingUp strokeWidth={1.5} />} title={t("empty")} text={t("emptyText")} />
      ) : (
        <VideoGrid
          key={cursor ?? ""}
          first={page}
          query={query}
          moreHref={listHref({ path: "/trending", cursor: page.nextCursor })}
        />
      )}
    </div>
  );
}
