import { z } from "zod";

// What Kinora asks of a Typesense server (version 30), and nothing else: written in our own words from the types of the client
// `typesense` 3.1.0 and the public description of the server's interface. The test server refuses whatever does not fit, so that a
// misspelled parameter or a field that no collection has fails a test, not an operator's search.

/** An operation: which address and method, and what may stand in its query and body. */
export type Operation = {
  id: string;
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Named parts are `{name}`. */
  path: string;
  query: z.ZodType;
  body: z.ZodType;
};

const none = z.strictObject({});
const noBody = z.undefined();
const flag = z.enum(["true", "false"]);
/** Lists that stand in one string, one entry for each field of `query_by`. */
const listOf = (entry: string) => z.string().regex(new RegExp(`^${entry}(,${entry})*$`));
const fieldName = "[a-z_]+";

const fieldSchema = z.strictObject({
  name: z.string().regex(/^[a-z_]+$/),
  type: z.enum(["string", "string[]", "int32", "int64", "float", "bool"]),
  facet: z.boolean().optional(),
  optional: z.boolean().optional(),
  sort: z.boolean().optional(),
  index: z.boolean().optional(),
});
/** A field of a collection. */
export type Field = z.output<typeof fieldSchema>;

const collectionSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9_-]*$/),
    fields: z.array(fieldSchema).min(1),
    default_sorting_field: z.string().optional(),
    synonym_sets: z.array(z.string()).optional(),
  })
  .superRefine(({ fields, default_sorting_field }, context) => {
    const sorting = fields.find(({ name }) => name === default_sorting_field);
    if (default_sorting_field !== undefined && !/^(int32|int64|float)$/.test(sorting?.type ?? "")) {
      context.addIssue({ code: "custom", message: "default_sorting_field must be a number of the schema" });
    }
    // A field that is not indexed must be optional, and nothing can be done with it.
    const idle = fields.filter(({ index }) => index === false);
    if (idle.some(({ optional, facet, sort }) => optional !== true || facet === true || sort === true)) {
      context.addIssue({ code: "custom", message: "a field that is not indexed is optional, no facet and not sorted" });
    }
  });
/** A collection as it is made. */
export type CollectionShape = z.output<typeof collectionSchema>;

/** One search. At most 250 hits a page and 99 of a group; three fields to sort by. */
const searchSchema = z.strictObject({
  collection: z.string(),
  q: z.string().min(1),
  query_by: listOf(fieldName).optional(),
  query_by_weights: listOf("\\d{1,2}").optional(),
  prefix: listOf("(?:true|false)").optional(),
  num_typos: listOf("[0-2]").optional(),
  min_len_1typo: z.number().int().min(1).optional(),
  min_len_2typo: z.number().int().min(1).optional(),
  typo_tokens_threshold: z.number().int().min(0).optional(),
  max_candidates: z.number().int().min(1).max(10_000).optional(),
  drop_tokens_threshold: z.number().int().min(0).optional(),
  drop_tokens_mode: z.enum(["right_to_left", "left_to_right", "both_sides:3"]).optional(),
  filter_by: z.string().min(1).optional(),
  sort_by: z
    .string()
    .regex(/^[a-z_]+:(asc|desc)(,[a-z_]+:(asc|desc)){0,2}$/)
    .optional(),
  facet_by: z.string().min(1).optional(),
  max_facet_values: z.number().int().min(1).optional(),
  group_by: listOf(fieldName).optional(),
  group_limit: z.number().int().min(1).max(99).optional(),
  include_fields: listOf(fieldName).optional(),
  highlight_fields: z.literal("none").optional(),
  offset: z.number().int().min(0).optional(),
  limit: z.number().int().min(0).max(250).optional(),
});
/** See `searchSchema`. */
export type SearchAsked = z.output<typeof searchSchema>;

const filterQuery = z.strictObject({ filter_by: z.string().min(1).max(3_500) });

/** Every operation that Kinora calls. Import bodies are lines of JSON, which the server reads itself. */
export const operations = [
  { id: "health", method: "GET", path: "/health", query: none, body: noBody },
  {
    id: "listCollections",
    method: "GET",
    path: "/collections",
    query: z.strictObject({ exclude_fields: z.literal("fields") }),
    body: noBody,
  },
  { id: "createCollection", method: "POST", path: "/collections", query: none, body: collectionSchema },
  { id: "deleteCollection", method: "DELETE", path: "/collections/{collection}", query: none, body: noBody },
  { id: "listAliases", method: "GET", path: "/aliases", query: none, body: noBody },
  {
    id: "putAlias",
    method: "PUT",
    path: "/aliases/{alias}",
    query: none,
    body: z.strictObject({ collection_name: z.string().min(1) }),
  },
  {
    id: "putSynonymSet",
    method: "PUT",
    path: "/synonym_sets/{set}",
    query: none,
    body: z.strictObject({
      items: z.array(z.strictObject({ id: z.string().min(1), synonyms: z.array(z.string().min(1)).min(2) })),
    }),
  },
  {
    id: "importDocuments",
    method: "POST",
    path: "/collections/{collection}/documents/import",
    query: z.strictObject({ action: z.enum(["create", "upsert", "update", "emplace"]), throwOnFail: flag.optional() }),
    body: z.string().min(1),
  },
  {
    id: "deleteDocuments",
    method: "DELETE",
    path: "/collections/{collection}/documents",
    query: filterQuery,
    body: noBody,
  },
  {
    id: "exportDocuments",
    method: "GET",
    path: "/collections/{collection}/documents/export",
    query: z.strictObject({ include_fields: listOf(fieldName).optional() }),
    body: noBody,
  },
  {
    id: "multiSearch",
    method: "POST",
    path: "/multi_search",
    query: none,
    body: z.strictObject({ searches: z.array(searchSchema).min(1).max(50) }),
  },
  // Asked by the tests alone, who leave a real server as they found it.
  { id: "deleteAlias", method: "DELETE", path: "/aliases/{alias}", query: none, body: noBody },
  { id: "deleteSynonymSet", method: "DELETE", path: "/synonym_sets/{set}", query: none, body: noBody },
] as const satisfies readonly Operation[];

/** Names of the operations. */
export type OperationId = (typeof operations)[number]["id"];

const patternOf = (path: string) => new RegExp(`^${path.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`);
const patterns = operations.map((operation) => ({ operation, pattern: patternOf(operation.path) }));

/** The operation of a request with the named parts of its address; null when Kinora calls none such. */
export const operationOf = (
  method: string,
  path: string,
): { operation: (typeof operations)[number]; parts: Record<string, string> } | null => {
  for (const { operation, pattern } of patterns) {
    const match = operation.method === method ? pattern.exec(path) : null;
    if (match !== null) {
      const parts = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
      return { operation, parts: Object.fromEntries(parts) };
    }
  }
  return null;
};
