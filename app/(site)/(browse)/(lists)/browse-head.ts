import type { Metadata } from "next";
import { isFiltered } from "#components/search/search-address.ts";
import { pageOrigin } from "#lib/web/page-origin.ts";
import type { AskedSearch } from "./search/read-search.ts";

/**
 * What the head of a list page says: its one address whatever the filters, and words for other sites. Only its beginning
 * without filters is for search engines; what `hidden` says is not, as a tag that nothing has.
 */
export const browseHead = async ({
  title,
  description,
  path,
  search,
  hidden = false,
}: {
  title: string;
  description: string;
  path: string;
  search?: AskedSearch;
  hidden?: boolean;
}): Promise<Metadata> => {
  const isStart =
    search === undefined ||
    (search.cursor === undefined && search.asked.sort === undefined && !isFiltered(search.asked));
  return {
    title,
    description,
    metadataBase: new URL(await pageOrigin()),
    alternates: { canonical: path },
    openGraph: { type: "website", title, description, url: path },
    twitter: { card: "summary", title, description },
    ...(hidden || !isStart ? { robots: { index: false } } : {}),
  };
};
