import { sql } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx } from "#lib/db/client.ts";
import { idArray } from "#lib/db/queries/instance/one-of-ids.ts";
import { findable } from "#lib/db/queries/search/findable.ts";

const sourceSchema = z.object({
  videoId: z.string(),
  channelId: z.string(),
  channelName: z.string(),
  channelHandle: z.string(),
  title: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  chapters: z.array(z.object({ startMs: z.number(), title: z.string(), origin: z.enum(["file", "editor"]) })),
  noChapters: z.boolean(),
  labels: z.array(z.object({ label: z.string(), state: z.enum(["suggested", "accepted"]) })),
  category: z.string().nullable(),
  language: z.string().nullable(),
  durationMs: z.number().nullable(),
  publishedAt: z.coerce.date(),
  views: z.coerce.number(),
  captions: z.array(z.object({ id: z.string(), language: z.string(), key: z.string() })),
});

/** All that is indexed of a video, as the tables say it now. */
export type VideoSource = z.output<typeof sourceSchema>;

/** What may be found of these videos; those that nobody may find are absent. */
export const listVideoSources = async (tx: DbOrTx, videoIds: readonly string[]): Promise<VideoSource[]> => {
  if (videoIds.length === 0) return [];
  const rows = await tx.execute(sql`
    select v.id as "videoId", v.channel_id as "channelId", c.name as "channelName", c.handle::text as "channelHandle",
      v.title, v.description, to_jsonb(v.tags) as tags, v.category, v.language, v.duration_ms as "durationMs",
      v.published_at as "publishedAt",
      (select coalesce(jsonb_agg(jsonb_build_object('startMs', h.start_ms, 'title', h.title, 'origin', h.origin)
        order by h.start_ms), '[]') from chapters h where h.video_id = v.id) as chapters, v.no_chapters as "noChapters",
      (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'language', t.language, 'key', t.key) order by t.id), '[]')
        from captions t where t.video_id = v.id and t.cue_count > 0) as captions,
      (select coalesce(jsonb_agg(jsonb_build_object('label', l.label, 'state', l.state) order by l.label), '[]')
        from video_labels l where l.video_id = v.id and l.state <> 'removed') as labels,
      (select coalesce(sum(d.views), 0) from video_days d where d.video_id = v.id) as views
    from videos v join channels c on c.id = v.channel_id join users u on u.id = c.owner_id
    where v.id = any(${idArray(videoIds)}) and ${findable()}`);
  return z.array(sourceSchema).parse([...rows]);
};

const idsSchema = z.array(z.object({ id: z.string() }));

/** Videos that everybody may find (all, or `among` these), by id; the next page begins after the last one's. */
export const listFindableIds = async (
  tx: DbOrTx,
  { after, limit, among }: { after: string | null; limit: number; among?: readonly string[] },
): Promise<string[]> => {
  const rows = await tx.execute(sql`
    select v.id from videos v join channels c on c.id = v.channel_id join users u on u.id = c.owner_id
    where ${findable()} and ${after === null ? sql`true` : sql`v.id > ${after}::uuid`}
      and ${among === undefined ? sql`true` : sql`v.id = any(${idArray(among)})`}
    order by v.id limit ${limit}`);
  return idsSchema.parse([...rows]).map(({ id }) => id);
};

/** All channels by id, deleted ones too; the next page begins after the last one's. */
export const listChannelIds = async (
  tx: DbOrTx,
  { after, limit }: { after: string | null; limit: number },
): Promise<string[]> => {
  const rows = await tx.execute(sql`
    select id from channels where ${after === null ? sql`true` : sql`id > ${after}::uuid`} order by id limit ${limit}`);
  return idsSchema.parse([...rows]).map(({ id }) => id);
};

/** Channels among these that are there, and whose owner may be seen. */
export const listChannelSources = async (
  tx: DbOrTx,
  channelIds: readonly string[],
): Promise<{ channelId: string; handle: string; name: string }[]> => {
  if (channelIds.length === 0) return [];
  const rows = await tx.execute(sql`
    select c.id as "channelId", c.handle::text as handle, c.name from channels c join users u on u.id = c.owner_id
    where c.id = any(${idArray(channelIds)}) and c.deleted_at is null and u.deleted_at is null and u.status <> 'suspended'`);
  return z.array(z.object({ channelId: z.string(), handle: z.string(), name: z.string() })).parse([...rows]);
};

/** How often videos were watched, of those that were in the last days, by id; the next page begins after the last one's. */
export const listLateViews = async (
  tx: DbOrTx,
  { after, limit }: { after: string | null; limit: number },
): Promise<{ id: string; views: number }[]> => {
  const rows = await tx.execute(sql`
    select video_id as id, sum(views) as views from video_days
    where video_id in (select video_id from video_days where day >= current_date - 2)
      and ${after === null ? sql`true` : sql`video_id > ${after}::uuid`}
    group by video_id order by video_id limit ${limit}`);
  return z.array(z.object({ id: z.string(), views: z.coerce.number() })).parse([...rows]);
};
