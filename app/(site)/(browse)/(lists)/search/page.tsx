import { Search } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SearchBox } from "#components/shell/search-box.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { VideoGrid } from "#components/video/video-grid.tsx";
import { listVideos } from "#lib/videos/list-videos.ts";
import { currentViewer } from "#lib/web/identity/current-viewer.ts";
import { type ListSearch, listHref, readList } from "../../../list-search.ts";
import { readPage } from "../../../read-page.ts";

type Props = { searchParams: ListSearch };

/** Results are nobody's to index. */
export const generateMetadata = async ({ searchParams }: Props): Promise<Metadata> => {
  const [{ q }, t] = await Promise.all([searchParams.then(readList), getTranslations("site")]);
  return { title: q === "" ? t("searchTitle") : t("searchTitleFor", { query: q }), robots: { index: false } };
};

const Results = async ({ q, cursor }: { q: string; cursor: string | undefined }) => {
  const [viewer, t] = await Promise.all([currentViewer(), getTranslations("site")]);
  const page = await readPage(
    listVideos({ viewer, query: { q, cursor, limit: 24 } }),
    `/search?${new URLSearchParams({ q })}`,
  );
  if (page.items.length === 0) {
    return (
      <EmptyState
        heading="h1"
        icon={<Search strokeWidth={1.5} />}
        title={t("searchEmpty.title", { query: q })}
        text={t("searchEmpty.text")}
      />
    );
  }
  return (
    <>
      <h1 className="px-4 pb-4 text-20 font-bold wrap-anywhere sm:px-0">{t("searchResults", { query: q })}</h1>
      <VideoGrid
        key={`${q} ${cursor ?? ""}`}
        first={page}
        query={{ q, limit: 24 }}
        moreHref={listHref({ path: "/search", q, cursor: page.nextCursor })}
      />
    </>
  );
};

/** Public videos whose title holds the words. On phones the search box stands here. */
export default async function SearchPage({ searchParams }: Props) {
  const [{ q, cursor }, t] = await Promise.all([searchParams.then(readList), getTranslations("site")]);
  return (
    <div className="pt-3 pb-12 sm:px-4 sm:pr-6 md:pl-2">
      <div className="px-4 pb-5 sm:hidden">
        <SearchBox shortcut={false} />
      </div>
      {q === "" ? (
        <EmptyState
          heading="h1"
          icon={<Search strokeWidth={1.5} />}
          title={t("searchStart")}
          text={t("searchStartText")}
        />
      ) : (
        <Results q={q} cursor={cursor} />
      )}
    </div>
  );
}
