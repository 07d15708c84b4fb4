import { typoDistance } from "#lib/search/typos/typo-distance.ts";
import type { SearchAsked } from "#tests/setup/typesense/description.ts";
import type { Doc } from "#tests/setup/typesense/filter.ts";

/** How well a document fits a query: more words, fewer typos, a heavier field, more fields. */
export type Fit = { tokensMatched: number; score: number };

type FieldRule = { name: string; weight: number; isPrefix: boolean; typos: number };

const listOr = <T>(text: string | undefined, at: number, read: (entry: string) => T, otherwise: T): T => {
  const entries = text?.split(",") ?? [];
  const entry = entries.length === 1 ? entries[0] : entries[at];
  return entry === undefined ? otherwise : read(entry);
};

const rulesOf = (search: SearchAsked): FieldRule[] =>
  (search.query_by ?? "").split(",").map((name, at) => ({
    name,
    weight: listOr(search.query_by_weights, at, Number, 1),
    isPrefix: listOr(search.prefix, at, (entry) => entry === "true", true),
    typos: listOr(search.num_typos, at, Number, 2),
  }));

const tokensOf = (text: unknown): string[] =>
  String(text ?? "")
    .toLowerCase()
    .split(/\s+/)
    .filter((token) => token !== "");

type Query = { search: SearchAsked; rules: FieldRule[]; synonymsOf: (token: string) => readonly string[] };

/** Typos that lie between a token of the query and the nearest of a field; null when none is near enough. */
const typosIn = (
  query: Query,
  input: { tokens: readonly string[]; rule: FieldRule; token: string; isLast: boolean },
) => {
  const { tokens, rule, token, isLast } = input;
  if (tokens.includes(token)) return 0;
  if (rule.isPrefix && isLast && tokens.some((one) => one.startsWith(token))) return 0;
  if (query.synonymsOf(token).some((other) => tokens.includes(other))) return 0;
  const { min_len_1typo = 4, min_len_2typo = 7 } = query.search;
  const most = Math.min(rule.typos, token.length >= min_len_2typo ? 2 : token.length >= min_len_1typo ? 1 : 0);
  if (most === 0) return null;
  const least = Math.min(...tokens.map((one) => typoDistance(one, token, most)));
  return least <= most ? least : null;
};

/** How a document fits some of the query's tokens; null when one of them stands nowhere in it. */
const fitOf = (query: Query, doc: Doc, asked: readonly { token: string; isLast: boolean }[]): Fit | null => {
  const texts = query.rules.map((rule) => ({ rule, tokens: tokensOf(doc[rule.name]) }));
  let score = asked.length * 1e6;
  for (const one of asked) {
    const found = texts.flatMap(({ rule, tokens }) => {
      const typos = typosIn(query, { tokens, rule, ...one });
      return typos === null ? [] : [{ weight: rule.weight, typos }];
    });
    if (found.length === 0) return null;
    score -= Math.min(...found.map(({ typos }) => typos)) * 1e4;
    score += Math.max(...found.map(({ weight }) => weight)) * 100 + found.length;
  }
  return { tokensMatched: asked.length, score };
};

/** Which tokens are left as more and more are dropped: from the right, and from the left too when there are few. */
const remainders = <T>(tokens: readonly T[], search: SearchAsked): T[][] => {
  const left: T[][] = [];
  for (let size = tokens.length - 1; size > 0; size -= 1) {
    left.push(tokens.slice(0, size));
    if (search.drop_tokens_mode === "both_sides:3" && tokens.length <= 3) left.push(tokens.slice(-size));
  }
  return left;
};

const collect = (query: Query, docs: readonly Doc[], asked: readonly { token: string; isLast: boolean }[]) => {
  const found = new Map<Doc, Fit>();
  for (const doc of docs) {
    const fit = fitOf(query, doc, asked);
    if (fit !== null) found.set(doc, fit);
  }
  return found;
};

/**
 * Documents that fit a query. Simpler than the real server: typos are tried when nothing fits without, then tokens are dropped;
 * nearness of words and the finer points of its ranking are left out.
 */
export const matchText = (
  docs: readonly Doc[],
  { search, synonymsOf }: Pick<Query, "search" | "synonymsOf">,
): Map<Doc, Fit> => {
  const rules = rulesOf(search);
  const strict: Query = { search, synonymsOf, rules: rules.map((rule) => ({ ...rule, typos: 0 })) };
  const tokens = tokensOf(search.q);
  const asked = tokens.map((token, at) => ({ token, isLast: at === tokens.length - 1 }));
  const found = collect(strict, docs, asked);
  const loose: Query = { search, synonymsOf, rules };
  if (found.size < (search.typo_tokens_threshold ?? 1)) {
    for (const [doc, fit] of collect(loose, docs, asked)) if (!found.has(doc)) found.set(doc, fit);
  }
  for (const rest of remainders(asked, search)) {
    if (found.size >= (search.drop_tokens_threshold ?? 1)) break;
    for (const [doc, fit] of collect(loose, docs, rest)) if (!found.has(doc)) found.set(doc, fit);
  }
  return found;
};
