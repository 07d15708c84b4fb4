import { sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { beforeAll, describe, expect, it } from "vitest";
import { db, searchDb } from "#lib/db/client.ts";
import {
  type CandidateQuery,
  candidatesStatement,
  orderedCandidatesStatement,
  titledCandidatesStatement,
} from "#lib/db/queries/search/candidates.ts";
import { searchChanges, videos } from "#lib/db/schema/index.ts";
import { everyWeight, titleWeights } from "#lib/search/postgres/codes.ts";
import { stagesOfAll, stagesOfSome } from "#lib/search/postgres/make-stages.ts";
import { makeChannel } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

const count = 10_000;

/** Documents of numbered stems: stem 1 stands in every second one, stem n in every n-th. */
const fill = async (): Promise<void> => {
  const channel = await makeChannel();
  await db().execute(sql`
    insert into videos (id, channel_id, creator_id, title, visibility, status, published_at, source_filename, source_size_bytes)
    select gen_random_uuid(), ${channel.id}::uuid, ${channel.ownerId}::uuid, 'Video ' || n, 'public', 'ready',
      now() - n * interval '1 minute', 'clip.mp4', 1000 from generate_series(1, ${count}) n`);
  await db().execute(sql`
    insert into search_documents (video_id, channel_id, tier, popularity, published_at, tags, has_captions, codes, weights,
      words, title_words, fingerprint)
    select v.id, v.channel_id, case when n <= 1000 then 0 when n <= 3000 then 1 else 2 end, ${count} - n, v.published_at,
      '{}', false,
      array(select s * 2 from generate_series(1, 60) s where n % (s + 1) = 0),
      array(select s * 16 from generate_series(1, 60) s where n % (s + 1) = 0), '{}', 3, 'x'
    from (select *, row_number() over (order by published_at desc)::int as n from videos) v`);
  await db().execute(sql`analyze`);
};

type Plan = {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Loops"?: number;
  "Index Name"?: string;
  Plans?: Plan[];
};

const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

/** The plan as searches get it: one for all values. */
const planOf = async (statement: ReturnType<typeof sql>): Promise<Plan[]> => {
  const { sql: text } = new PgDialect().sqlToQuery(statement);
  const rows = await searchDb().execute(sql.raw(`explain (generic_plan, format json) ${text}`));
  const [row] = [...rows] as { "QUERY PLAN": { Plan: Plan }[] }[];
  const plan = row?.["QUERY PLAN"][0]?.Plan;
  if (plan === undefined) throw new Error("explain gives a plan");
  return nodes(plan);
};

const words = (...stemIds: number[]) => stemIds.map((stemId) => ({ stemIds: [stemId], documents: count / stemId }));
const query = (stemIds: number[], stages: CandidateQuery["stages"]): CandidateQuery => ({
  ...{ stages, publishedSince: null, limit: 200 },
  ...{ weights: everyWeight(stemIds), titleWeights: titleWeights(stemIds) },
});

/** Tables that are read as a whole; the few rows of channels and users cost less so. */
const readAsWhole = (plan: Plan[]) =>
  plan
    .filter((node) => node["Node Type"] === "Seq Scan")
    .map((node) => node["Relation Name"])
    .filter((name) => name !== "channels" && name !== "users");

/** The three indexes of codes are used, and no large table is read as a whole. */
const expectIndexed = (plan: Plan[]): void => {
  expect(readAsWhole(plan)).toEqual([]);
  const used = new Set(plan.map((node) => node["Index Name"]));
  for (const tier of ["best", "good", "rest"]) expect(used).toContain(`search_documents_${tier}_idx`);
};

describe("plans of a search over many documents", () => {
  beforeAll(fill);

  it.each([[[1]], [[1, 2]], [[50]], [[1, 50, 7]]])("read no table as a whole: words %j", async (stemIds) => {
    const making = { words: words(...stemIds), terms: [] };
    expectIndexed(await planOf(candidatesStatement(query(stemIds, stagesOfAll(making)))));
    expectIndexed(await planOf(titledCandidatesStatement(query(stemIds, stagesOfAll(making)))));
    const rest = stagesOfSome(making);
    if (rest.length > 0) expectIndexed(await planOf(candidatesStatement(query(stemIds, rest))));
  });

  it("look at no video as long as no change waits, and only at those of which one does", async () => {
    const looksAtVideos = async (): Promise<number> => {
      const statement = candidatesStatement(query([2], stagesOfAll({ words: words(2), terms: [] })));
      const rows = await searchDb().execute(sql`explain (analyze, format json) ${statement}`);
      const [row] = [...rows] as { "QUERY PLAN": { Plan: Plan }[] }[];
      const ofVideos = nodes(row?.["QUERY PLAN"][0]?.Plan ?? { "Node Type": "" }).filter(
        (node) => node["Relation Name"] === "videos",
      );
      expect(ofVideos).toHaveLength(1);
      return ofVideos[0]?.["Actual Loops"] ?? Number.NaN;
    };
    await db().delete(searchChanges);
    expect(await looksAtVideos()).toBe(0);
    await db().update(videos).set({ title: "Another one" });
    expect(await looksAtVideos()).toBe(200);
    await db().delete(searchChanges);
  });

  it("read no table as a whole in the order of age", async () => {
    const [, stage] = stagesOfAll({ words: words(50), terms: [] });
    if (stage === undefined) throw new Error("one word has two stages");
    const asked = { ...query([50], []), stage: { ...stage, butNot: [] }, order: "newest", window: null } as const;
    expectIndexed(await planOf(orderedCandidatesStatement(asked)));
    const plan = await planOf(orderedCandidatesStatement({ ...asked, window: 5000 }));
    expect(plan.map((node) => node["Index Name"])).toContain("search_documents_published_at_idx");
    expect(readAsWhole(plan)).toEqual([]);
  });
});
