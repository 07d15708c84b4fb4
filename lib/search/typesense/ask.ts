import type { Client } from "typesense";
import { z } from "zod";
import { AppError } from "#lib/errors.ts";

/** One search of several that go out together; names and meanings are the server's. */
export type Search = {
  collection: string;
  q: string;
  query_by?: string;
  query_by_weights?: string;
  prefix?: string;
  num_typos?: string;
  min_len_1typo?: number;
  min_len_2typo?: number;
  typo_tokens_threshold?: number;
  /** Words that an unfinished or mistyped one may mean. */
  max_candidates?: number;
  drop_tokens_threshold?: number;
  drop_tokens_mode?: "both_sides:3";
  filter_by?: string;
  sort_by?: string;
  facet_by?: string;
  max_facet_values?: number;
  group_by?: string;
  group_limit?: number;
  include_fields?: string;
  highlight_fields?: string;
  offset?: number;
  limit?: number;
};

/** Whom to ask, and what ends the question. */
export type Asking = { client: Client; signal: AbortSignal };

const hitSchema = z.object({
  document: z.record(z.string(), z.unknown()),
  text_match_info: z.object({ tokens_matched: z.number().optional() }).optional(),
});

const resultSchema = z.object({
  found: z.number().default(0),
  out_of: z.number().default(0),
  search_cutoff: z.boolean().default(false),
  hits: z.array(hitSchema).default([]),
  grouped_hits: z.array(z.object({ hits: z.array(hitSchema) })).default([]),
  facet_counts: z
    .array(z.object({ field_name: z.string(), counts: z.array(z.object({ value: z.string(), count: z.number() })) }))
    .default([]),
  // One search may fail though the others did not.
  error: z.string().optional(),
  code: z.number().optional(),
});
/** What the server found for one search. */
export type Found = z.output<typeof resultSchema>;

const answerSchema = z.object({ results: z.array(resultSchema) });

const toFault = ({ code, error }: Found): Error =>
  code === 404
    ? new AppError("gone", { message: "The search server has no such index.", context: { error } })
    : new Error("The search server refused a search.", { cause: new Error(`${code}: ${error}`) });

/**
 * Asks several searches in one request; as many results, in their order. Throws `gone` for a collection that is not there, an
 * `Error` for a search that the server refuses or an answer that is none, and whatever its client throws.
 */
export const askAll = async ({ client, signal }: Asking, searches: readonly Search[]): Promise<Found[]> => {
  if (searches.length === 0) return [];
  // Nothing of an answer is marked by the server: marks are made once, from the tables.
  const wanted = searches.map((search) => ({ highlight_fields: "none", ...search }));
  const answer: unknown = await client.multiSearch.perform({ searches: wanted }, {}, { abortSignal: signal });
  const { results } = answerSchema.parse(answer);
  if (results.length !== searches.length) throw new Error("The search server answered another number of searches.");
  for (const result of results) if (result.error !== undefined) throw toFault(result);
  return results;
};

const idOf = z.object({ id: z.string() });

/** Ids of found documents, in their order. */
export const idsOf = ({ hits }: Found): string[] => hits.map(({ document }) => idOf.parse(document).id);
