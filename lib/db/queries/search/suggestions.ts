import { sql } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx } from "#lib/db/client.ts";
import { idArray } from "#lib/db/queries/instance/one-of-ids.ts";
import { findable } from "#lib/db/queries/search/findable.ts";

/** Titles of videos that everybody may find, by id. */
export const findableTitles = async (tx: DbOrTx, videoIds: readonly string[]): Promise<Map<string, string>> => {
  if (videoIds.length === 0) return new Map();
  const rows = await tx.execute(sql`
    select v.id, v.title from videos v join channels c on c.id = v.channel_id join users u on u.id = c.owner_id
    where v.id = any(${idArray(videoIds)}) and ${findable()}`);
  const titles = z.array(z.object({ id: z.string(), title: z.string() })).parse([...rows]);
  return new Map(titles.map(({ id, title }) => [id, title]));
};

/** Tags of videos that everybody may find, as they were written, by id. */
export const findableTags = async (tx: DbOrTx, videoIds: readonly string[]): Promise<Map<string, string[]>> => {
  if (videoIds.length === 0) return new Map();
  const rows = await tx.execute(sql`
    select v.id, to_jsonb(v.tags) as tags from videos v
      join channels c on c.id = v.channel_id join users u on u.id = c.owner_id
    where v.id = any(${idArray(videoIds)}) and ${findable()}`);
  const found = z.array(z.object({ id: z.string(), tags: z.array(z.string()) })).parse([...rows]);
  return new Map(found.map(({ id, tags }) => [id, tags]));
};

/** Channels with something to watch of whose name a word, or whose handle, begins so. */
export const findChannelsByKey = async (
  tx: DbOrTx,
  { prefix, limit }: { prefix: string; limit: number },
): Promise<{ handle: string; name: string }[]> => {
  const rows = await tx.execute(sql`
    select c.handle::text as handle, c.name from channels c join users u on u.id = c.owner_id
    where c.id in (select k.channel_id from search_channels k
        where k.key >= ${prefix} and k.key < ${`${prefix}\u{10ffff}`} limit 500)
      and exists (select 1 from videos v where v.channel_id = c.id and ${findable()})
    order by length(c.name), c.name limit ${limit}`);
  return z.array(z.object({ handle: z.string(), name: z.string() })).parse([...rows]);
};

/** Channels among these with something to watch, the shortest names first. */
export const listWatchableChannels = async (
  tx: DbOrTx,
  { channelIds, limit }: { channelIds: readonly string[]; limit: number },
): Promise<{ handle: string; name: string }[]> => {
  if (channelIds.length === 0) return [];
  const rows = await tx.execute(sql`
    select c.handle::text as handle, c.name from channels c join users u on u.id = c.owner_id
    where c.id = any(${idArray(channelIds)}) and exists (select 1 from videos v where v.channel_id = c.id and ${findable()})
    order by length(c.name), c.name limit ${limit}`);
  return z.array(z.object({ handle: z.string(), name: z.string() })).parse([...rows]);
};
