import { SlidersHorizontal } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import {
  type FilterName,
  filterNames,
  isFiltered,
  type SearchAsked,
  searchHref,
  toggledHref,
  unfiltered,
  usualSort,
} from "#components/search/search-address.ts";
import { classNames } from "#components/ui/class-names.ts";
import type { SearchResultDto } from "#lib/search/dto.ts";

type Facets = SearchResultDto["facets"];
/** One value of a filter: how it is called and how many videos have it. */
type Choice = { value: string; label: string; count: number };

const sorts = ["relevance", "newest", "views"] as const;
/** Without words nothing fits better than the rest. */
const sortsOf = ({ place }: SearchAsked) => sorts.filter((sort) => place === undefined || sort !== "relevance");

const chip = (isOn: boolean) =>
  classNames(
    "touch inline-flex items-center gap-1.5 rounded-control px-3 py-1.5 text-13 transition-colors",
    isOn ? "bg-ink text-bg" : "bg-raised hover:bg-hover",
  );

/** A chosen value is told even when nothing has it, so that it can be taken back. */
const withChosen = (choices: readonly Choice[], chosen: string | undefined): readonly Choice[] =>
  chosen === undefined || choices.some(({ value }) => value === chosen)
    ? choices
    : [{ value: chosen, label: chosen, count: 0 }, ...choices];

const Filter = ({ asked, name, choices }: { asked: SearchAsked; name: FilterName; choices: readonly Choice[] }) => {
  const t = useTranslations("search");
  const shown = withChosen(choices, asked[name]).slice(0, 12);
  if (shown.length === 0) return null;
  return (
    <section>
      <h3 className="mb-1.5 text-12 font-bold text-muted">{t(`filters.${name}`)}</h3>
      <ul className="flex flex-wrap gap-2">
        {shown.map(({ value, label, count }) => (
          <li key={value}>
            <Link
              href={toggledHref(asked, { name, value })}
              prefetch={false}
              aria-current={asked[name] === value ? "true" : undefined}
              className={chip(asked[name] === value)}
            >
              {label}
              {count === 0 ? null : <span className="tabular text-12 opacity-80">{count}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** How each filter's values are called in the reader's language. */
const useLabels = (): Record<Exclude<FilterName, "channel">, (value: string) => string> => {
  const t = useTranslations("search");
  const categories = useTranslations("categories");
  const languages = new Intl.DisplayNames([useLocale()], { type: "language" });
  const known = (key: string, value: string) => (t.has(`values.${key}.${value}`) ? t(`values.${key}.${value}`) : value);
  return {
    period: (value) => known("period", value),
    duration: (value) => known("duration", value),
    captions: (value) => known("captions", value),
    category: (value) => (categories.has(value) ? categories(value) : value),
    language: (value) => languages.of(value) ?? value,
    tag: (value) => value,
  };
};

const useChoices = (facets: Facets): Record<FilterName, Choice[]> => {
  const labels = useLabels();
  const of = (name: Exclude<FilterName, "channel">) =>
    facets[name].map(({ value, count }) => ({ value, count, label: labels[name](value) }));
  return {
    period: of("period"),
    duration: of("duration"),
    category: of("category"),
    language: of("language"),
    tag: of("tag"),
    channel: facets.channel.map(({ handle, name, count }) => ({ value: handle, label: name, count })),
    captions: of("captions").map((choice) => ({ ...choice, value: choice.value === "yes" ? "true" : "false" })),
  };
};

/** Filters with how many videos they leave, and the order; all of them links, so that they work without scripts. */
export const SearchFilters = ({ asked, facets }: { asked: SearchAsked; facets: Facets }) => {
  const t = useTranslations("search");
  const choices = useChoices(facets);
  const order = asked.sort ?? usualSort(asked);
  return (
    <div className="flex flex-col gap-3 px-4 pb-5 sm:px-0">
      <ul aria-label={t("order")} className="flex flex-wrap gap-2">
        {sortsOf(asked).map((sort) => (
          <li key={sort}>
            <Link
              href={searchHref({ ...asked, sort })}
              prefetch={false}
              aria-current={order === sort ? "true" : undefined}
              className={chip(order === sort)}
            >
              {t(`sorts.${sort}`)}
            </Link>
          </li>
        ))}
      </ul>
      <details open={isFiltered(asked)} className="group">
        <summary className="touch flex w-fit cursor-pointer items-center gap-2 rounded-xs py-1 text-14 text-muted hover:text-ink">
          <SlidersHorizontal aria-hidden size={16} strokeWidth={1.75} />
          {t("filter")}
        </summary>
        <div className="mt-3 flex flex-col gap-4">
          {filterNames.map((name) =>
            name === asked.place ? null : <Filter key={name} asked={asked} name={name} choices={choices[name]} />,
          )}
          {isFiltered(asked) ? (
            <Link href={searchHref(unfiltered(asked))} className="w-fit text-13 text-accent hover:underline">
              {t("clear")}
            </Link>
          ) : null}
        </div>
      </details>
    </div>
  );
};
