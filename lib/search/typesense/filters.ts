import type { SearchFilters } from "#lib/search/engine.ts";
import { foldTag } from "#lib/search/fold-tag.ts";
import { periodStart } from "#lib/search/period-start.ts";

/** A value as filters quote it. Nothing that we index holds a backtick, so whatever does finds nothing without it either. */
const quoted = (value: string): string => `\`${value.replaceAll("`", "")}\``;

/** The condition that a field is (`:=`) or is not (`:!=`) one of these values. */
export const oneOf = (field: string, values: readonly string[], operator: ":=" | ":!=" = ":="): string =>
  `${field}${operator}[${values.map(quoted).join(",")}]`;

/** The conditions that videos are none of these, of which nobody may hear though the index still has them: one or none. */
export const butNot = (hidden: readonly string[]): string[] =>
  hidden.length === 0 ? [] : [oneOf("id", hidden, ":!=")];

/** Seconds since 1970, as the index holds times. */
export const toSeconds = (time: Date): number => Math.ceil(time.getTime() / 1000);

/** The condition that videos pass a search's filters and are not `hidden`; null when all do. */
export const filterOf = (input: { filters: SearchFilters; now: Date; hidden: readonly string[] }): string | null => {
  const { filters, now, hidden } = input;
  const { channelId, category, language, tag, duration, period, captions } = filters;
  const is = (field: string, value: string | undefined) => (value === undefined ? [] : [oneOf(field, [value])]);
  const conditions = [
    ...is("channel_id", channelId),
    ...is("category", category),
    ...is("language", language),
    ...is("tag", tag === undefined ? undefined : foldTag(tag)),
    ...is("duration", duration),
    ...(captions === undefined ? [] : is("captions", captions ? "yes" : "no")),
    ...(period === undefined ? [] : [`published_at:>=${toSeconds(periodStart(period, now))}`]),
    ...butNot(hidden),
  ];
  return conditions.length === 0 ? null : conditions.join(" && ");
};
