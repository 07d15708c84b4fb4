import { type SQL, sql } from "drizzle-orm";

/**
 * Condition on aliases `v` (videos), `c` (its channel) and `u` (the channel's owner): what everybody may find. Indexes hold
 * nothing else, and every search asks it again, because indexes are a moment behind.
 */
export const findable = (): SQL => sql`v.visibility = 'public' and v.status = 'ready' and v.published_at is not null
  and v.deleted_at is null and v.taken_down_at is null
  and c.deleted_at is null and u.deleted_at is null and u.status <> 'suspended'`;

/** Whether the video of an id (an SQL expression) may be found by everybody: one look by each of three keys. */
export const isFindable = (videoId: SQL): SQL => sql`exists (
  select 1 from videos v join channels c on c.id = v.channel_id join users u on u.id = c.owner_id
  where v.id = ${videoId} and ${findable()})`;

/** A list of values as an array parameter, so that statements are the same whatever its length. */
export const idArray = (values: readonly string[]): SQL => sql`${`{${values.join(",")}}`}::uuid[]`;

/** Integers as an array parameter. */
export const intArray = (values: readonly number[]): SQL => sql`${`{${values.join(",")}}`}::int[]`;

/** Texts as an array parameter. */
export const textArray = (values: readonly string[]): SQL =>
  sql`array(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`;
