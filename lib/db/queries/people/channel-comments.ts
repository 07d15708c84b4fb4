import { type SQL, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { oneOfIds } from "#lib/db/queries/instance/one-of-ids.ts";
import { type CommentRow, flat, type Reader, selectComments } from "#lib/db/queries/people/comments.ts";
import { comments, videos } from "#lib/db/schema/index.ts";

/** A comment with what it stands under. */
export type CommentOfChannel = { comment: CommentRow; video: { id: string; title: string; durationMs: number | null } };

type Asked = { channelId: string; state: "held" | "shown"; after: string | undefined; limit: number };

/** What a list holds, as the index of each video has it (`comments_held_idx`, `comments_newest_idx`). */
const heldBy = ({ state }: Asked): SQL =>
  state === "held" ? sql`c.state = 'held'` : sql`c.state = 'shown' and c.parent_id is null`;

const placesOf = (tx: DbOrTx, asked: Asked) => {
  const before = asked.after === undefined ? sql`` : sql`and c.id < ${asked.after}::uuid`;
  return tx.execute<{ id: string; video_id: string; title: string; duration_ms: number | null }>(sql`
    select newest.id, v.id as video_id, v.title, v.duration_ms
    from ${videos} v
    cross join lateral (
      select c.id from ${comments} c where c.video_id = v.id and ${heldBy(asked)} ${before}
      order by c.id desc nulls last limit ${asked.limit}
    ) newest
    where v.channel_id = ${asked.channelId}::uuid and v.deleted_at is null
    order by newest.id desc limit ${asked.limit}`);
};

/**
 * Comments under a channel's videos that are not deleted, the newest first, those before an id: what waits, or what began
 * threads and everybody sees. Each video gives no more than a page from its own index.
 */
export const listChannelComments = async (
  tx: DbOrTx,
  { reader, ...asked }: Asked & { reader: Reader },
): Promise<CommentOfChannel[]> => {
  const places = [...(await placesOf(tx, asked))];
  if (places.length === 0) return [];
  const ids = places.map(({ id }) => id);
  const rows = (await selectComments(tx, reader).where(oneOfIds(comments.id, ids))).map(flat);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return places.flatMap(({ id, video_id, title, duration_ms }) => {
    const comment = byId.get(id);
    return comment === undefined ? [] : [{ comment, video: { id: video_id, title, durationMs: duration_ms } }];
  });
};
