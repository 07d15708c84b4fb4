import { Search } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type SearchAsked, searchHref } from "#components/search/search-address.ts";
import { SearchFilters } from "#components/search/search-filters.tsx";
import { SearchHit } from "#components/search/search-hit.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { SearchResultDto } from "#lib/search/dto.ts";

/** Posters that are in sight at once on a large screen. */
const eagerHits = 3;

const Corrected = ({ asked, corrected }: { asked: SearchAsked; corrected: string }) => {
  const t = useTranslations("search");
  return (
    <p className="px-4 pb-3 text-14 text-muted sm:px-0">
      {t.rich("corrected", {
        query: corrected,
        link: (text) => (
          <Link href={searchHref({ ...asked, q: corrected })} className="text-accent hover:underline">
            {text}
          </Link>
        ),
      })}
    </p>
  );
};

/** What a search found: how much, by which filters, and each video with where it fits. */
export const SearchResult = ({ asked, result }: { asked: SearchAsked; result: SearchResultDto }) => {
  const t = useTranslations("search");
  const { items, total, facets, corrected, nextCursor } = result;
  return (
    <>
      <h1 className="px-4 text-20 font-bold wrap-anywhere sm:px-0">
        {asked.q === "" ? t("filtered") : t("results", { query: asked.q })}
      </h1>
      <p role="status" className="px-4 pb-3 text-13 text-muted sm:px-0">
        {t(total.about ? "atLeast" : "count", { count: total.count })}
      </p>
      {corrected === null ? null : <Corrected asked={asked} corrected={corrected} />}
      <SearchFilters asked={asked} facets={facets} />
      {items.length === 0 ? (
        <EmptyState
          icon={<Search strokeWidth={1.5} />}
          title={asked.q === "" ? t("empty.filtered") : t("empty.title", { query: asked.q })}
          text={t("empty.text")}
        />
      ) : (
        <ul className="flex max-w-4xl flex-col gap-6">
          {items.map((hit, at) => (
            <li key={hit.video.id}>
              <SearchHit hit={hit} eager={at < eagerHits} />
            </li>
          ))}
        </ul>
      )}
      {nextCursor === null ? null : (
        <Link
          href={searchHref(asked, nextCursor)}
          className={`${buttonClass({ variant: "secondary" })} mx-4 mt-8 sm:mx-0`}
        >
          {t("more")}
        </Link>
      )}
    </>
  );
};
