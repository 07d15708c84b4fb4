import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { channelsOfMember } from "#lib/db/queries/channels/channel-members.ts";
import { holdsText } from "#lib/db/queries/instance/contains-text.ts";
import { oneOfIds } from "#lib/db/queries/instance/one-of-ids.ts";
import { isFindableHere } from "#lib/db/queries/search/findable.ts";
import { noParts, partsFields, partsSchema, type VideoParts } from "#lib/db/queries/videos/parts.ts";
import { type RowValues, rowOf, selectVideos, type VideoRow, valuesOfRow } from "#lib/db/queries/videos/videos.ts";
import { listed } from "#lib/db/queries/videos/visible-to.ts";
import { videos } from "#lib/db/schema/index.ts";

/** Videos in an order, and what is stored beside them (of every one of them, perhaps of more). */
export type VideoList = { rows: VideoRow[]; parts: VideoParts };

/** Orders of a list: by time, by what is watched most now (lib/analytics/trend-score.ts), or by all views ever. */
export const videoSorts = ["newest", "oldest", "trending", "popular"] as const;
/** See `videoSorts`. */
export type VideoSort = (typeof videoSorts)[number];

/**
 * Where a list begins: the sort value (publication, null for `id` order; score or views where those sort) and id of the
 * last row of the page before.
 */
export type VideoPosition = { value: Date | number | null; id: string };

/** Which videos a list holds. `publicOnly` also demands `ready`. */
export type VideoFilter = {
  /** Only videos of channels of which this account is a member. */
  memberId?: string | undefined;
  /** Handle or id. */
  channel?: string | undefined;
  publicOnly: boolean;
  titleContains?: string | undefined;
  sort: VideoSort;
  after?: VideoPosition | undefined;
  limit: number;
};

const pageParts = partsFields({
  videoIds: sql`array(select id from page)`,
  runIds: sql`array(select "currentRunId" from page)`,
});

/**
 * Videos and what is stored beside them by one statement that answers with one text each: reading thirty rows of fifty columns
 * one by one, and asking again for what is beside them, costs more than all the rest of a list.
 */
const listOf = async (tx: DbOrTx, page: SQL): Promise<VideoList> => {
  const found = await tx.execute<{ rows: RowValues[] }>(sql`
    with page as materialized (${page})
    select (select coalesce(json_agg(${valuesOfRow}), '[]') from page) as rows, ${pageParts}`);
  const [one] = [...found];
  if (one === undefined) throw new Error("a selection without a table gives one row");
  return { rows: one.rows.map(rowOf), parts: partsSchema.parse(one) };
};

/** Videos by ids, in the order given; those that are not there are left out. */
const videosOf = async (tx: DbOrTx, videoIds: readonly string[], condition?: SQL): Promise<VideoList> => {
  if (videoIds.length === 0) return { rows: [], parts: noParts };
  const { rows, parts } = await listOf(tx, selectVideos(and(oneOfIds(videos.id, videoIds), condition)));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return { rows: videoIds.flatMap((id) => byId.get(id) ?? []), parts };
};

/** A video with its channel, deleted ones too, as a list of one or none. Says nothing about who may see it. */
export const findVideoWithParts = (tx: DbOrTx, videoId: string): Promise<VideoList> =>
  listOf(tx, selectVideos(eq(videos.id, videoId)));

/** Those of several videos that there are, with their channels, in the order given. Says nothing about who may see them. */
export const findVideos = (tx: DbOrTx, videoIds: readonly string[]): Promise<VideoList> => videosOf(tx, videoIds);

/** Those of several videos that everybody may find at this moment, in the order given: an index may be behind. */
export const findFindableVideos = (tx: DbOrTx, videoIds: readonly string[]): Promise<VideoList> =>
  videosOf(tx, videoIds, isFindableHere());

const isUuid = (value: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);

// Of the video's own column: as a condition of the joined channel it has the planner walk through everybody's newest videos.
const channelCondition = (channel: string): SQL =>
  isUuid(channel)
    ? eq(videos.channelId, channel)
    : sql`${videos.channelId} = (select named.id from channels named where named.handle = ${channel}::citext)`;

/** What sorts by popularity, or null. */
const measureOf = (sort: VideoSort) =>
  sort === "trending" ? videos.trendScore : sort === "popular" ? videos.viewCount : null;

/** Row comparison, so that the index is entered at the position instead of counting rows. */
const afterCondition = ({ publicOnly, sort, after }: VideoFilter): SQL | undefined => {
  if (after === undefined) return undefined;
  const { value, id } = after;
  const measure = measureOf(sort);
  // Of the column's own type: a comparison of another one reads the whole index.
  const type = sql.raw(sort === "popular" ? "bigint" : "float8");
  if (measure !== null) return sql`(${measure}, ${videos.id}) < (${value}::${type}, ${id}::uuid)`;
  const sign = sort === "newest" ? sql`<` : sql`>`;
  if (!publicOnly || !(value instanceof Date)) return sql`${videos.id} ${sign} ${id}::uuid`;
  return sql`(${videos.publishedAt}, ${videos.id}) ${sign} (${value.toISOString()}::timestamptz, ${id}::uuid)`;
};

const orderOf = ({ publicOnly, sort }: VideoFilter): SQL[] => {
  // NULLS LAST is how the indexes are built; without the words PostgreSQL would sort instead of reading them.
  const byId = sort === "oldest" ? sql`${videos.id} asc` : sql`${videos.id} desc nulls last`;
  const measure = measureOf(sort);
  if (measure !== null) return [sql`${measure} desc nulls last`, byId];
  if (!publicOnly) return [byId];
  // From the other end the same indexes give what is null first.
  if (sort === "oldest") return [sql`${videos.publishedAt} asc nulls first`, sql`${videos.id} asc nulls first`];
  return [sql`${videos.publishedAt} desc nulls last`, byId];
};

/**
 * What limits are rounded up to, written out as numbers: with one that the planner does not know it counts on a tenth of the table
 * and plans anew each time, and every number of its own would be one more statement for the server to keep.
 */
const limitSteps = [26, 51, 101] as const;

/**
 * At most `limit` videos after a position. Unless they go by popularity, public lists go by `published_at` and others by
 * creation (ids of version 7 sort by time). Never counts and never skips rows.
 */
export const findVideoPage = (tx: DbOrTx, filter: VideoFilter): Promise<VideoList> => {
  const conditions = [
    filter.publicOnly ? listed() : isNull(videos.deletedAt),
    filter.memberId === undefined ? undefined : inArray(videos.channelId, channelsOfMember(tx, filter.memberId)),
    filter.channel === undefined ? undefined : channelCondition(filter.channel),
    filter.titleContains === undefined ? undefined : holdsText(videos.title, filter.titleContains),
    afterCondition(filter),
  ];
  const order = sql.join(orderOf(filter), sql`, `);
  const step = sql.raw(String(limitSteps.find((most) => most >= filter.limit) ?? Math.trunc(filter.limit)));
  const ordered = sql`${selectVideos(and(...conditions))} order by ${order} limit ${step}`;
  return listOf(tx, sql`select * from (${ordered}) ordered limit ${filter.limit}`);
};
