/** What a search page was asked: words, filters and order as they stand in its address. */
export type SearchAsked = {
  q: string;
  category?: string | undefined;
  language?: string | undefined;
  tag?: string | undefined;
  channel?: string | undefined;
  duration?: string | undefined;
  period?: string | undefined;
  captions?: string | undefined;
  sort?: string | undefined;
};

/** The filters of an address, in the order in which it names them. */
export const filterNames = ["period", "duration", "category", "language", "tag", "channel", "captions"] as const;
/** See `filterNames`. */
export type FilterName = (typeof filterNames)[number];

const names = ["q", ...filterNames, "sort"] as const;

/** Address of a search; `cursor` for a later page. What is empty, and the usual order, are left out. */
export const searchHref = (asked: SearchAsked, cursor?: string): string => {
  const words = new URLSearchParams();
  for (const name of names) {
    const value = asked[name];
    if (value !== undefined && value !== "" && !(name === "sort" && value === "relevance")) words.set(name, value);
  }
  if (cursor !== undefined) words.set("cursor", cursor);
  return words.size === 0 ? "/search" : `/search?${words}`;
};

/** The same search with one filter set, or without it when it has that value already. */
export const toggledHref = (asked: SearchAsked, { name, value }: { name: FilterName; value: string }): string =>
  searchHref({ ...asked, [name]: asked[name] === value ? undefined : value });

/** Whether any filter is set. */
export const isFiltered = (asked: SearchAsked): boolean => filterNames.some((name) => asked[name] !== undefined);
