/** The query part of a list's address, as Next gives it. */
export type ListSearch = Promise<Record<string, string | string[] | undefined>>;

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

/** What a list page reads from its address: the words asked for (trimmed) and where the page begins. */
export const readList = (search: Awaited<ListSearch>): { q: string; cursor: string | undefined } => ({
  q: (first(search.q) ?? "").trim().slice(0, 200),
  cursor: first(search.cursor),
});

/** Address of the part of a list that begins behind `cursor`; null when there is none. */
export const listHref = ({ path, q, cursor }: { path: string; q?: string; cursor: string | null }): string | null =>
  cursor === null ? null : `${path}?${new URLSearchParams({ ...(q === undefined ? {} : { q }), cursor })}`;
