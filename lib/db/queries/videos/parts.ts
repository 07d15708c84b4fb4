import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx } from "#lib/db/client.ts";
import { idArray } from "#lib/db/queries/instance/one-of-ids.ts";

const id = z.string();
const whole = z.number();

// Values without their names, which would be a third of what is written and read.
const rendition = z
  .tuple([id, z.string(), z.string(), whole, whole.nullable(), whole.nullable()])
  .transform(([runId, name, codecs, bandwidth, width, height]) => ({ runId, name, codecs, bandwidth, width, height }));
const caption = z
  .tuple([id, id, z.string(), z.string(), z.string()])
  .transform(([videoId, captionId, language, label, key]) => ({ videoId, id: captionId, language, label, key }));
const chapter = z
  .tuple([id, whole, z.string(), z.enum(["file", "editor"])])
  .transform(([videoId, startMs, title, origin]) => ({ videoId, startMs, title, origin }));
const still = z
  .tuple([id, z.enum(["storyboard", "preview"]), z.string()])
  .transform(([runId, kind, key]) => ({ runId, kind, key }));

/** What `partsFields` selects. */
export const partsSchema = z.object({
  running: z.array(id),
  renditions: z.array(rendition),
  captions: z.array(caption),
  chapters: z.array(chapter),
  stills: z.array(still),
});

/**
 * What is stored beside videos and is told to everybody who may watch them: which of them have a running run; of their runs
 * the renditions of the picture (the smallest bandwidth first), storyboards and previews; text tracks that have words (the
 * default one first), and chapters of any origin, in order.
 */
export type VideoParts = z.output<typeof partsSchema>;

/** Nothing beside no videos. */
export const noParts: VideoParts = { running: [], renditions: [], captions: [], chapters: [], stills: [] };

/** The fields of `VideoParts` for a selection; videos and runs are expressions of arrays of their ids. */
export const partsFields = ({ videoIds, runIds }: { videoIds: SQL; runIds: SQL }): SQL => sql`
  (select coalesce(json_agg(r.video_id), '[]') from runs r
    where r.video_id = any(${videoIds}) and r.state = 'running') as running,
  (select coalesce(json_agg(json_build_array(d.run_id, d.name, d.codecs, d.bandwidth, d.width, d.height)
      order by d.bandwidth), '[]')
    from renditions d where d.run_id = any(${runIds}) and d.kind = 'video') as renditions,
  (select coalesce(json_agg(json_build_array(t.video_id, t.id, t.language, t.label, t.key)
      order by t.is_default desc, t.id), '[]')
    from captions t where t.video_id = any(${videoIds}) and t.cue_count > 0) as captions,
  (select coalesce(json_agg(json_build_array(c.video_id, c.start_ms, c.title, c.origin) order by c.start_ms), '[]')
    from chapters c where c.video_id = any(${videoIds})) as chapters,
  (select coalesce(json_agg(json_build_array(a.run_id, a.kind, a.key)), '[]')
    from assets a where a.run_id = any(${runIds}) and a.kind in ('storyboard', 'preview')) as stills`;

/**
 * The parts of several videos and runs by one statement: lists are made of them all the time, and five statements would cost
 * more than the rows.
 */
export const partsOfVideos = async (
  tx: DbOrTx,
  { videoIds, runIds }: { videoIds: readonly string[]; runIds: readonly string[] },
): Promise<VideoParts> => {
  if (videoIds.length === 0) return noParts;
  const rows = await tx.execute(sql`select ${partsFields({ videoIds: idArray(videoIds), runIds: idArray(runIds) })}`);
  const [row] = z.tuple([partsSchema]).parse([...rows]);
  return row;
};
