import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { BrowseResult } from "#components/search/browse-result.tsx";
import { categoryHref } from "#components/search/search-address.ts";
import { isVideoCategory, type VideoCategory } from "#lib/videos/categories.ts";
import type { ListSearch } from "../../../list-search.ts";
import { browseHead } from "../../(lists)/browse-head.ts";
import { findVideos } from "../../(lists)/search/find-videos.ts";
import { type AskedSearch, readSearch } from "../../(lists)/search/read-search.ts";

type Props = { params: Promise<{ category: string }>; searchParams: ListSearch };

/** The page's category, with the filters and the order of its address; the not-found page for one that there is not. */
const asked = async ({ params, searchParams }: Props): Promise<AskedSearch & { category: VideoCategory }> => {
  const [{ category }, search] = await Promise.all([params, searchParams.then(readSearch)]);
  if (!isVideoCategory(category)) notFound();
  return { cursor: search.cursor, category, asked: { ...search.asked, place: "category", q: "", category } };
};

/** Title, the one address and words for other sites. */
export const generateMetadata = async (props: Props): Promise<Metadata> => {
  const [search, categories, t] = await Promise.all([
    asked(props),
    getTranslations("categories"),
    getTranslations("browse"),
  ]);
  const name = categories(search.category);
  return browseHead({
    ...{ title: name, description: t("categoryDescription", { name }) },
    ...{ path: categoryHref(search.category), search },
  });
};

/** Public videos of a category. Outside of the lists with a skeleton: what is there must be known before the status is sent. */
export default async function CategoryPage(props: Props) {
  const [search, categories] = await Promise.all([asked(props), getTranslations("categories")]);
  const result = await findVideos({ search, limit: 24 });
  return (
    <div className="pt-4 pb-12 sm:px-4 sm:pr-6 md:pl-2">
      <BrowseResult heading={categories(search.category)} asked={search.asked} result={result} />
    </div>
  );
}
