import { Shapes } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { isFiltered, type SearchAsked, searchHref } from "#components/search/search-address.ts";
import { SearchFilters } from "#components/search/search-filters.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { VideoCard } from "#components/video/video-card.tsx";
import type { SearchResultDto } from "#lib/search/dto.ts";

/** Posters that are in sight at once on a large screen. */
const eagerCards = 4;

/** The page of a category or a tag: how much there is, filters and order, and the videos in a grid; all without scripts. */
export const BrowseResult = ({
  heading,
  asked,
  result: { items, total, facets, nextCursor },
}: {
  heading: string;
  asked: SearchAsked;
  result: SearchResultDto;
}) => {
  const [t, browse] = [useTranslations("search"), useTranslations("browse")];
  return (
    <>
      <h1 className="px-4 text-28 font-bold wrap-anywhere sm:px-0">{heading}</h1>
      <p role="status" className="px-4 pb-3 text-13 text-muted sm:px-0">
        {t(total.about ? "atLeast" : "count", { count: total.count })}
      </p>
      {items.length === 0 && !isFiltered(asked) ? null : <SearchFilters asked={asked} facets={facets} />}
      {items.length === 0 ? (
        <EmptyState
          icon={<Shapes strokeWidth={1.5} />}
          title={isFiltered(asked) ? t("empty.filtered") : browse("empty")}
          text={isFiltered(asked) ? t("empty.text") : browse("emptyText")}
        />
      ) : (
        <ul className="grid grid-cols-1 gap-x-4 gap-y-8 sm:grid-cols-[repeat(auto-fill,minmax(280px,1fr))]">
          {items.map(({ video }, at) => (
            <li key={video.id}>
              <VideoCard video={video} eager={at < eagerCards} />
            </li>
          ))}
        </ul>
      )}
      {nextCursor === null ? null : (
        <Link
          href={searchHref(asked, nextCursor)}
          className={`${buttonClass({ variant: "secondary" })} mx-4 mt-8 sm:mx-0`}
        >
          {browse("more")}
        </Link>
      )}
    </>
  );
};
