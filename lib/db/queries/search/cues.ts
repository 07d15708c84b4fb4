import { and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { idArray } from "#lib/db/queries/instance/one-of-ids.ts";
import { intArray } from "#lib/db/queries/search/findable.ts";
import { captions, cues } from "#lib/db/schema/index.ts";

/** A line of a transcript; times in milliseconds, `text` without markup. */
export type CueLine = { startMs: number; endMs: number; text: string };

/** Text tracks of these videos whose lines are not those of their present file. */
export const listUnreadCaptions = async (
  tx: DbOrTx,
  videoIds: readonly string[],
): Promise<{ id: string; key: string }[]> => {
  if (videoIds.length === 0) return [];
  const rows = await tx.execute(sql`
    select id, key from captions where video_id = any(${idArray(videoIds)}) and cues_key is distinct from key`);
  return z.array(z.object({ id: z.string(), key: z.string() })).parse([...rows]);
};

/** Any videos with such tracks, by id; the next page begins after the last one's. */
export const listVideosWithUnreadCaptions = async (
  tx: DbOrTx,
  { after, limit }: { after: string | null; limit: number },
): Promise<string[]> => {
  const rows = await tx
    .selectDistinct({ videoId: captions.videoId })
    .from(captions)
    .where(
      and(
        sql`${captions.cuesKey} is distinct from ${captions.key}`,
        after === null ? undefined : sql`${captions.videoId} > ${after}::uuid`,
      ),
    )
    .orderBy(asc(captions.videoId))
    .limit(limit);
  return rows.map(({ videoId }) => videoId);
};

/**
 * Puts the lines of a file in the place of those of an earlier one. False when the track is gone or has another file by now.
 */
export const replaceCues = async (
  tx: Tx,
  input: { captionId: string; key: string; lines: readonly (CueLine & { stems: readonly number[] })[] },
): Promise<boolean> => {
  const { captionId, key, lines } = input;
  const marked = await tx
    .update(captions)
    .set({ cuesKey: key })
    .where(and(eq(captions.id, captionId), eq(captions.key, key)))
    .returning({ id: captions.id });
  if (marked.length === 0) return false;
  await tx.delete(cues).where(eq(cues.captionId, captionId));
  for (let from = 0; from < lines.length; from += 1000) {
    const rows = lines.slice(from, from + 1000).map((line, index) => ({
      ...{ captionId, ordinal: from + index, startMs: line.startMs, endMs: line.endMs, text: line.text },
      stems: [...line.stems],
    }));
    await tx.insert(cues).values(rows);
  }
  return true;
};

/** Lines of a text track, in order. */
export const listCues = (tx: DbOrTx, captionId: string): Promise<CueLine[]> =>
  tx
    .select({ startMs: cues.startMs, endMs: cues.endMs, text: cues.text })
    .from(cues)
    .where(eq(cues.captionId, captionId))
    .orderBy(asc(cues.ordinal));

const stemsSchema = z.array(z.object({ videoId: z.string(), stems: z.array(z.number()) }));

/** Numbers of all stems that are said in each of these videos. */
export const spokenStems = async (tx: DbOrTx, videoIds: readonly string[]): Promise<Map<string, number[]>> => {
  if (videoIds.length === 0) return new Map();
  const rows = await tx.execute(sql`
    select t.video_id as "videoId", jsonb_agg(distinct s.stem) as stems
    from captions t join cues q on q.caption_id = t.id cross join lateral unnest(q.stems) as s(stem)
    where t.video_id = any(${idArray(videoIds)}) group by t.video_id`);
  return new Map(stemsSchema.parse([...rows]).map(({ videoId, stems }) => [videoId, stems]));
};

const hitSchema = z.array(
  z.object({
    videoId: z.string(),
    captionId: z.string(),
    startMs: z.number(),
    endMs: z.number(),
    text: z.string(),
  }),
);

/** A line that was found, and whose it is. */
export type FoundCue = z.output<typeof hitSchema>[number];

/**
 * The lines of each of a few videos that have most of the stems asked for, then the earliest ones; at most `perVideo`. One
 * moment is told once, though several tracks say it.
 */
export const findCues = async (
  tx: DbOrTx,
  input: { videoIds: readonly string[]; stems: readonly number[]; perVideo: number },
): Promise<FoundCue[]> => {
  const { videoIds, stems, perVideo } = input;
  if (videoIds.length === 0 || stems.length === 0) return [];
  const rows = await tx.execute(sql`
    select p.id as "videoId", best.* from unnest(${idArray(videoIds)}) as p(id)
    cross join lateral (
      select one.* from (
        select distinct on (q.start_ms / 1000) t.id as "captionId", q.start_ms as "startMs", q.end_ms as "endMs", q.text,
          icount(q.stems & ${intArray(stems)}) as fit
        from captions t join cues q on q.caption_id = t.id
        where t.video_id = p.id and q.stems operator(pg_catalog.&&) ${intArray(stems)}
        order by q.start_ms / 1000, icount(q.stems & ${intArray(stems)}) desc, t.is_default desc, t.id
      ) one order by one.fit desc, one."startMs" limit ${perVideo}
    ) best`);
  return hitSchema.parse([...rows]);
};
