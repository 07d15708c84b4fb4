import { type SQL, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { channels, subscriptions, videos } from "#lib/db/schema/index.ts";

/** Where a page of a feed begins. */
export type FeedPosition = { publishedAt: Date; id: string };

/** The newest public videos of a subscription's channel (`s`), from its own index: those under `condition`. */
const newestOf = (condition: SQL, limit: number) => sql`
  select v.id, v.published_at from ${videos} v
  where v.channel_id = s.channel_id and v.visibility = 'public' and v.status = 'ready'
    and v.deleted_at is null and v.taken_down_at is null and v.published_at is not null ${condition}
  order by v.published_at desc nulls last, v.id desc nulls last
  limit ${limit}`;

/**
 * Ids of the newest public videos of the channels that an account follows, those before a position. The newest one of each
 * channel tells how far back a page can reach at most; of what lies after that each channel gives no more than a page. So
 * one that publishes by the thousand costs no more than a quiet one, and hundreds of quiet ones give what they need only.
 */
export const listFeed = async (
  tx: DbOrTx,
  { userId, after, limit }: { userId: string; after: FeedPosition | undefined; limit: number },
): Promise<FeedPosition[]> => {
  const before =
    after === undefined
      ? sql``
      : sql`and (v.published_at, v.id) < (${after.publishedAt.toISOString()}::timestamptz, ${after.id}::uuid)`;
  const since = sql`and v.published_at >= coalesce((select published_at from reach), '-infinity')`;
  const rows = await tx.execute<{ id: string; published_at: string }>(sql`
    with reach as materialized (
      select head.published_at from ${subscriptions} s
      join ${channels} c on c.id = s.channel_id and c.deleted_at is null
      cross join lateral (${newestOf(before, 1)}) head
      where s.user_id = ${userId}::uuid
      order by head.published_at desc offset ${limit - 1} limit 1
    )
    select newest.id, newest.published_at
    from ${subscriptions} s
    join ${channels} c on c.id = s.channel_id and c.deleted_at is null
    cross join lateral (${newestOf(sql`${before} ${since}`, limit)}) newest
    where s.user_id = ${userId}::uuid
    order by newest.published_at desc, newest.id desc
    limit ${limit}`);
  return rows.map((row) => ({ id: row.id, publishedAt: new Date(row.published_at) }));
};
