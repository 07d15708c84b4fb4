import { filterNames, type SearchAsked } from "#components/search/search-address.ts";
import type { ListSearch } from "../../../list-search.ts";

/** What a search page reads from its address. */
export type AskedSearch = { asked: SearchAsked; cursor: string | undefined };

const first = (value: string | string[] | undefined): string | undefined => {
  const one = Array.isArray(value) ? value[0] : value;
  return one === "" ? undefined : one;
};

/** Words (trimmed), filters, order and where the page begins; values are not checked. */
export const readSearch = (search: Awaited<ListSearch>): AskedSearch => {
  const filters = Object.fromEntries(
    [...filterNames, "sort"].flatMap((name) => {
      const value = first(search[name]);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return { asked: { ...filters, q: (first(search.q) ?? "").trim().slice(0, 200) }, cursor: first(search.cursor) };
};
