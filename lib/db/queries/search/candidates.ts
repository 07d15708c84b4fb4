import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx } from "#lib/db/client.ts";
import { channelOfFindable, findable, intArray } from "#lib/db/queries/search/findable.ts";

/**
 * Documents that are asked for together: they have all codes of `all`, one of each list of `anyOf`, and not all of `butNot`
 * (what an earlier stage found). `matched` is how many words of the query they have.
 */
export type Stage = {
  all: readonly number[];
  anyOf: readonly (readonly number[])[];
  butNot: readonly number[];
  matched: number;
};

/** What candidates are asked for. */
export type CandidateQuery = {
  /** In this order; a later one is only looked at when the earlier ones gave too few. */
  stages: readonly Stage[];
  publishedSince: Date | null;
  /** Weight codes that score, and those of titles. */
  weights: readonly number[];
  titleWeights: readonly number[];
  limit: number;
};

const candidateSchema = z.object({
  videoId: z.string(),
  matched: z.number(),
  score: z.number(),
  channelId: z.string(),
  channelHandle: z.string(),
  channelName: z.string(),
  popularity: z.number(),
  publishedAt: z.coerce.date(),
  durationMs: z.number().nullable(),
  category: z.string().nullable(),
  language: z.string().nullable(),
  tags: z.array(z.string()),
  hasCaptions: z.boolean(),
});

/** A document that may be told of, with what facets and orders need. */
export type Candidate = z.output<typeof candidateSchema>;

/** By popularity; each is asked by an index of its own. */
const tiers = [0, 1, 2] as const;

// intarray's operators of the same names would pass the indexes by.
const holdsAll = (codes: readonly number[]): SQL => sql`d.codes operator(pg_catalog.@>) ${intArray(codes)}`;
const holdsOne = (codes: readonly number[]): SQL => sql`d.codes operator(pg_catalog.&&) ${intArray(codes)}`;

const conditions = ({ all, anyOf, butNot }: Stage, publishedSince: Date | null): SQL =>
  sql.join(
    [
      ...(all.length === 0 ? [] : [holdsAll(all)]),
      ...anyOf.map(holdsOne),
      ...(butNot.length === 0 ? [] : [sql`not ${holdsAll(butNot)}`]),
      ...(publishedSince === null ? [] : [sql`d.published_at >= ${publishedSince.toISOString()}::timestamptz`]),
      sql`true`,
    ],
    sql` and `,
  );

// Without `offset 0` the planner may turn the looks by key into a join of whole tables.
const seen = sql`cross join lateral (
  ${channelOfFindable({ videoId: sql`a.video_id`, channelId: sql`a.channel_id` })} offset 0) seen`;

// Float literals: `2.0` is a numeric, and arithmetic with it cost half of all time.
const told = ({ weights, titleWeights }: Pick<CandidateQuery, "weights" | "titleWeights">): SQL => sql`
  p.video_id as "videoId", p.matched, p.channel_id as "channelId", p.channel_handle as "channelHandle",
  p.channel_name as "channelName", p.popularity, p.published_at as "publishedAt",
  p.duration_ms as "durationMs", p.category, p.language, to_jsonb(p.tags) as tags, p.has_captions as "hasCaptions",
  icount(p.weights & ${intArray(weights)})::float8
    + 6::float8 * icount(p.weights & ${intArray(titleWeights)})::float8 / greatest(p.title_words, 1)::float8
    + ln(1::float8 + p.popularity::float8) / 2::float8 as score`;

/** The statement of `listCandidates`. */
export const candidatesStatement = (query: CandidateQuery): SQL => {
  const parts = query.stages.flatMap((stage) =>
    tiers.map(
      (tier) => sql`(select ${stage.matched}::int as matched, d.* from search_documents d
        where d.tier = ${sql.raw(String(tier))} and ${conditions(stage, query.publishedSince)} limit ${query.limit})`,
    ),
  );
  return sql`
    select ${told(query)} from (
      select a.*, seen.* from (${sql.join(parts, sql` union all `)}) a ${seen} limit ${query.limit}
    ) p`;
};

/**
 * Candidates stage by stage and tier by tier, until there are `limit`: a common word costs no more than a rare one, because
 * what lies beyond the limit is never read.
 */
export const listCandidates = async (tx: DbOrTx, query: CandidateQuery): Promise<Candidate[]> =>
  z.array(candidateSchema).parse([...(await tx.execute(candidatesStatement(query)))]);

/**
 * The videos of the same candidates, each once, the best score first, `most` at most: for who needs to know no more of them, since
 * reading hundreds of candidates costs more than finding them.
 */
export const listBestOfCandidates = async (tx: DbOrTx, query: CandidateQuery, most: number): Promise<string[]> => {
  const rows = await tx.execute(sql`
    select k."videoId" as id from (${candidatesStatement(query)}) k group by k."videoId"
    order by max(k.score) desc, max(k.popularity) desc, k."videoId" desc limit ${most}`);
  return z
    .array(z.object({ id: z.string() }))
    .parse([...rows])
    .map(({ id }) => id);
};

const titledSchema = z.array(
  z.object({ videoId: z.string(), title: z.string(), score: z.number(), popularity: z.number() }),
);

/** A video of a candidate as its own row has it. */
export type TitledCandidate = z.output<typeof titledSchema>[number];

/** The statement of `listTitledCandidates`. */
export const titledCandidatesStatement = (query: CandidateQuery): SQL => sql`
  select k."videoId", v.title, k.score, k.popularity from (${candidatesStatement(query)}) k
  join videos v on v.id = k."videoId" join channels c on c.id = v.channel_id join users u on u.id = c.owner_id
  where ${findable()}`;

/** The titles of the same candidates, each video looked at once more: what is suggested is told in its words. */
export const listTitledCandidates = async (tx: DbOrTx, query: CandidateQuery): Promise<TitledCandidate[]> =>
  titledSchema.parse([...(await tx.execute(titledCandidatesStatement(query)))]);

/** What candidates are put in order by. */
export type CandidateOrder = "newest" | "views";

const orders: Record<CandidateOrder, SQL> = {
  newest: sql`d.published_at desc nulls last, d.video_id desc nulls last`,
  views: sql`d.popularity desc nulls last, d.video_id desc nulls last`,
};

/** What `listOrderedCandidates` is asked. */
export type OrderedQuery = Omit<CandidateQuery, "stages"> & {
  stage: Stage;
  order: CandidateOrder;
  /** How many of all documents are looked at; null: as many as it takes. */
  window: number | null;
};

const isWalk = ({ stage, order }: OrderedQuery): boolean =>
  order === "newest" && stage.all.length === 0 && stage.anyOf.length === 0;

/** The statement of `listOrderedCandidates`. */
export const orderedCandidatesStatement = (query: OrderedQuery): SQL => {
  const order = orders[query.order];
  const fits = conditions(query.stage, query.publishedSince);
  const matched = sql`${query.stage.matched}::int as matched`;
  // `offset 0` again: a rare word must come from its index, not from a walk in the order of age.
  const ofTiers = tiers.map(
    (tier) => sql`(select ${matched}, d.* from (
        select d.* from search_documents d where d.tier = ${sql.raw(String(tier))} and ${fits} offset 0) d
      order by ${order} limit ${query.limit})`,
  );
  const ofHead = sql`select ${matched}, d.* from (
    select d.* from search_documents d order by ${order} limit ${query.window}) d where ${fits}`;
  // The newest of all, or since some time: a walk in that order meets nothing else.
  const inOrder = sql`select ${matched}, d.* from search_documents d where ${fits}`;
  const rest = isWalk(query) ? inOrder : sql.join(ofTiers, sql` union all `);
  return sql`
    select ${told(query)} from (
      select a.*, seen.* from (
        select d.* from (${query.window === null ? rest : ofHead}) d order by ${order}
      ) a ${seen} limit ${query.limit}
    ) p`;
};

/**
 * The first candidates of one stage in an order. With `window` only so many of all documents are looked at, in that order:
 * what fits often is found at their head.
 */
export const listOrderedCandidates = async (tx: DbOrTx, query: OrderedQuery): Promise<Candidate[]> =>
  z.array(candidateSchema).parse([...(await tx.execute(orderedCandidatesStatement(query)))]);
