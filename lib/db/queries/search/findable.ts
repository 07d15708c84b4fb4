import { type SQL, sql } from "drizzle-orm";

/** How tables are called in a statement: videos, their channel and its owner. */
type Names = { v: SQL; c: SQL; u: SQL };
const shortNames: Names = { v: sql`v`, c: sql`c`, u: sql`u` };

/** Condition on a channel and its owner: whose videos everybody may find. */
const findableChannel = ({ c, u } = shortNames): SQL =>
  sql`${c}.deleted_at is null and ${u}.deleted_at is null and ${u}.status <> 'suspended'`;

/**
 * Condition on aliases `v` (videos), `c` (its channel) and `u` (the channel's owner): what everybody may find. Indexes hold
 * nothing else, and every search asks it again, because indexes are a moment behind.
 */
export const findable = (names = shortNames): SQL => {
  const { v } = names;
  return sql`${v}.visibility = 'public' and ${v}.status = 'ready' and ${v}.published_at is not null
    and ${v}.deleted_at is null and ${v}.taken_down_at is null and ${findableChannel(names)}`;
};

/** The same where `videos` and `channels` are joined under their own names; the owner is looked up. */
export const isFindableHere = (): SQL => sql`exists (select 1 from users u where u.id = channels.owner_id
  and ${findable({ v: sql`videos`, c: sql`channels`, u: sql`u` })})`;

/** Whether the video of an id (an SQL expression) may be found by everybody: one look by each of three keys. */
export const isFindable = (videoId: SQL): SQL => sql`exists (
  select 1 from videos v join channels c on c.id = v.channel_id join users u on u.id = c.owner_id
  where v.id = ${videoId} and ${findable()})`;

/**
 * The channel of a document of PostgreSQL's own index (SQL expressions of the ids of its video and channel): one row when
 * everybody may still find it, else none. A document is there
 * only while the video itself may be found, or a change of it waits to be brought over: triggers note that in the
 * transaction of the change (docs/decisions/0019-search.md). Only then is the video looked at, which for every candidate
 * would cost more than the search. Channels are looked at always: what else a channel's videos are depends on several rows, of
 * which two transactions may change one each.
 */
export const channelOfFindable = ({ videoId, channelId }: { videoId: SQL; channelId: SQL }): SQL => sql`
  select c.handle::text as channel_handle, c.name as channel_name from channels c join users u on u.id = c.owner_id
  where c.id = ${channelId} and ${findableChannel()}
    and not exists (select 1 from search_changes w
      where w.subject_id = ${videoId} and w.engine = 'postgres' and not ${isFindable(sql`w.subject_id`)})`;

/** Integers as an array parameter. */
export const intArray = (values: readonly number[]): SQL => sql`${`{${values.join(",")}}`}::int[]`;

/** Texts as an array parameter. */
export const textArray = (values: readonly string[]): SQL =>
  sql`array(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`;
