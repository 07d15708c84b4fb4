import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { BrowseResult } from "#components/search/browse-result.tsx";
import { tagHref } from "#components/search/search-address.ts";
import { foldTag } from "#lib/search/fold-tag.ts";
import type { ListSearch } from "../../../list-search.ts";
import { browseHead } from "../../(lists)/browse-head.ts";
import { findVideos } from "../../(lists)/search/find-videos.ts";
import { type AskedSearch, readSearch } from "../../(lists)/search/read-search.ts";

type Props = { params: Promise<{ tag: string }>; searchParams: ListSearch };

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    // A sign that was cut in two is no tag.
    return "";
  }
};

/** The page's tag as its address has it, with filters and order; the not-found page for what is no tag. */
const asked = async ({ params, searchParams }: Props): Promise<AskedSearch & { tag: string }> => {
  const [part, search] = await Promise.all([params, searchParams.then(readSearch)]);
  const tag = decoded(part.tag).trim();
  if (tag.length > 50 || foldTag(tag) === "") notFound();
  return { cursor: search.cursor, tag, asked: { ...search.asked, place: "tag", q: "", tag } };
};

// The head and the page ask for the same; once per render.
const found = cache(async (search: string) => findVideos({ search: JSON.parse(search) as AskedSearch, limit: 24 }));

/** Title, the one address of all spellings, and words for other sites. */
export const generateMetadata = async (props: Props): Promise<Metadata> => {
  const [search, t] = await Promise.all([asked(props), getTranslations("browse")]);
  const { total } = await found(JSON.stringify(search));
  const values = { tag: search.tag };
  return browseHead({
    ...{ title: t("tagTitle", values), description: t("tagDescription", values), search },
    ...{ path: tagHref(foldTag(search.tag)), hidden: total.count === 0 },
  });
};

/** Public videos with a tag. Outside of the lists with a skeleton: what is there must be known before the status is sent. */
export default async function TagPage(props: Props) {
  const [search, t] = await Promise.all([asked(props), getTranslations("browse")]);
  const result = await found(JSON.stringify(search));
  return (
    <div className="pt-4 pb-12 sm:px-4 sm:pr-6 md:pl-2">
      <BrowseResult heading={t("tagTitle", { tag: search.tag })} asked={search.asked} result={result} />
    </div>
  );
}
