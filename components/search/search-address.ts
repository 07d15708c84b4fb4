/** What a search page was asked: words, filters and order as they stand in its address. */
export type SearchAsked = {
  /** The filter that has pages of its own, `/categories/food`: these search for no words, the newest first. */
  place?: "category" | "tag" | undefined;
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

/** Address of a category's own page. */
export const categoryHref = (category: string): string => `/categories/${encodeURIComponent(category)}`;

/** Address of a tag's own page. */
export const tagHref = (tag: string): string => `/tags/${encodeURIComponent(tag)}`;

const pathOf = ({ place, category, tag }: SearchAsked): string => {
  if (place === "category" && category !== undefined) return categoryHref(category);
  return place === "tag" && tag !== undefined ? tagHref(tag) : "/search";
};

/** The order in which a search is shown unless its address says otherwise. */
export const usualSort = ({ place }: SearchAsked): "relevance" | "newest" =>
  place === undefined ? "relevance" : "newest";

/** Address of a search; `cursor` for a later page. What is empty, and the usual order, are left out. */
export const searchHref = (asked: SearchAsked, cursor?: string): string => {
  const words = new URLSearchParams();
  for (const name of names) {
    const value = asked[name];
    if (value === undefined || value === "" || name === asked.place) continue;
    if (name !== "sort" || value !== usualSort(asked)) words.set(name, value);
  }
  if (cursor !== undefined) words.set("cursor", cursor);
  return words.size === 0 ? pathOf(asked) : `${pathOf(asked)}?${words}`;
};

/** The same search with one filter set, or without it when it has that value already. */
export const toggledHref = (asked: SearchAsked, { name, value }: { name: FilterName; value: string }): string =>
  searchHref({ ...asked, [name]: asked[name] === value ? undefined : value });

/** Whether any filter is set besides the one that the page is about. */
export const isFiltered = (asked: SearchAsked): boolean =>
  filterNames.some((name) => name !== asked.place && asked[name] !== undefined);

/** The same without filters; words, order and what the page is about stay. */
export const unfiltered = ({ place, q, sort, category, tag }: SearchAsked): SearchAsked => ({
  ...{ place, q, sort },
  ...(place === "category" ? { category } : {}),
  ...(place === "tag" ? { tag } : {}),
});
