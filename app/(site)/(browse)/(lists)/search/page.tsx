import { Search } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { isFiltered } from "#components/search/search-address.ts";
import { SearchResult } from "#components/search/search-result.tsx";
import { SearchBox } from "#components/shell/search-box.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { pageOrigin } from "#lib/web/page-origin.ts";
import type { ListSearch } from "../../../list-search.ts";
import { findVideos } from "./find-videos.ts";
import { type AskedSearch, readSearch } from "./read-search.ts";

type Props = { searchParams: ListSearch };

/** Results are nobody's to index; the page where one begins to search is. */
export const generateMetadata = async ({ searchParams }: Props): Promise<Metadata> => {
  const [{ asked }, t] = await Promise.all([searchParams.then(readSearch), getTranslations("site")]);
  const title = asked.q === "" ? t("searchTitle") : t("searchTitleFor", { query: asked.q });
  if (asked.q !== "" || isFiltered(asked)) return { title, robots: { index: false } };
  return { title, metadataBase: new URL(await pageOrigin()), alternates: { canonical: "/search" } };
};

const Results = async (search: AskedSearch) => (
  <SearchResult asked={search.asked} result={await findVideos({ search })} />
);

/** Public videos by words and filters. On phones the search box stands here. */
export default async function SearchPage({ searchParams }: Props) {
  const [search, t] = await Promise.all([searchParams.then(readSearch), getTranslations("site")]);
  const isAsked = search.asked.q !== "" || isFiltered(search.asked);
  return (
    <div className="pt-3 pb-12 sm:px-4 sm:pr-6 md:pl-2">
      <div className="px-4 pb-5 sm:hidden">
        <SearchBox shortcut={false} />
      </div>
      {isAsked ? (
        <Results {...search} />
      ) : (
        <EmptyState
          heading="h1"
          icon={<Search strokeWidth={1.5} />}
          title={t("searchStart")}
          text={t("searchStartText")}
        />
      )}
    </div>
  );
}
