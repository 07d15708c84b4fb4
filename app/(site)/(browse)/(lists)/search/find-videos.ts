import { redirect } from "next/navigation";
import { getLocale } from "next-intl/server";
import { searchHref, usualSort } from "#components/search/search-address.ts";
import { AppError } from "#lib/errors.ts";
import { type SearchResultDto, searchQuerySchema } from "#lib/search/dto.ts";
import { searchVideos } from "#lib/search/search-videos.ts";
import { currentViewer } from "#lib/web/identity/current-viewer.ts";
import type { AskedSearch } from "./read-search.ts";

/**
 * What a page's address finds; one with a value or cursor that is none leads to `start` (the words alone, or what the page is
 * about) instead of a fault. `limit`: videos of a page.
 */
export const findVideos = async ({
  search: { asked, cursor },
  limit,
}: {
  search: AskedSearch;
  limit?: number;
}): Promise<SearchResultDto> => {
  const [viewer, locale] = await Promise.all([currentViewer(), getLocale()]);
  const { place, q, category, tag } = asked;
  const start = searchHref(
    place === undefined ? { q } : place === "category" ? { place, q, category } : { place, q, tag },
  );
  const { place: _place, ...filters } = asked;
  const query = searchQuerySchema.safeParse({ ...filters, sort: asked.sort ?? usualSort(asked), cursor, limit });
  if (!query.success) redirect(start);
  return searchVideos({ viewer, query: query.data, locale: locale === "uk" ? "uk" : "en" }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "invalid_input") redirect(start);
    throw error;
  });
};
