import { sql } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx } from "#lib/db/client.ts";
import { idArray } from "#lib/db/queries/search/findable.ts";

const partsSchema = z.object({
  running: z.array(z.string()),
  renditions: z.array(
    z.object({
      ...{ runId: z.string(), name: z.string(), codecs: z.string(), bandwidth: z.number() },
      ...{ width: z.number().nullable(), height: z.number().nullable() },
    }),
  ),
  captions: z.array(
    z.object({ videoId: z.string(), id: z.string(), language: z.string(), label: z.string(), key: z.string() }),
  ),
  chapters: z.array(
    z.object({ videoId: z.string(), startMs: z.number(), title: z.string(), origin: z.enum(["file", "editor"]) }),
  ),
  stills: z.array(z.object({ runId: z.string(), kind: z.enum(["storyboard", "preview"]), key: z.string() })),
});

/**
 * What is stored beside videos and is told to everybody who may watch them: which of them have a running run; of their runs
 * the renditions of the picture (the smallest bandwidth first), storyboards and previews; text tracks that have words (the
 * default one first), and chapters of any origin, in order.
 */
export type VideoParts = z.output<typeof partsSchema>;

/**
 * The parts of several videos and runs by one statement: lists are made of them all the time, and five statements would cost
 * more than the rows.
 */
export const partsOfVideos = async (
  tx: DbOrTx,
  { videoIds, runIds }: { videoIds: readonly string[]; runIds: readonly string[] },
): Promise<VideoParts> => {
  if (videoIds.length === 0) return { running: [], renditions: [], captions: [], chapters: [], stills: [] };
  const [videos, runs] = [idArray(videoIds), idArray(runIds)];
  const rows = await tx.execute(sql`
    select
      (select coalesce(json_agg(r.video_id), '[]') from runs r
        where r.video_id = any(${videos}) and r.state = 'running') as running,
      (select coalesce(json_agg(json_build_object('runId', d.run_id, 'name', d.name, 'width', d.width, 'height', d.height,
          'bandwidth', d.bandwidth, 'codecs', d.codecs) order by d.bandwidth), '[]')
        from renditions d where d.run_id = any(${runs}) and d.kind = 'video') as renditions,
      (select coalesce(json_agg(json_build_object('videoId', t.video_id, 'id', t.id, 'language', t.language,
          'label', t.label, 'key', t.key) order by t.is_default desc, t.id), '[]')
        from captions t where t.video_id = any(${videos}) and t.cue_count > 0) as captions,
      (select coalesce(json_agg(json_build_object('videoId', c.video_id, 'startMs', c.start_ms, 'title', c.title,
          'origin', c.origin) order by c.start_ms), '[]')
        from chapters c where c.video_id = any(${videos})) as chapters,
      (select coalesce(json_agg(json_build_object('runId', a.run_id, 'kind', a.kind, 'key', a.key)), '[]')
        from assets a where a.run_id = any(${runs}) and a.kind in ('storyboard', 'preview')) as stills`);
  const [row] = z.tuple([partsSchema]).parse([...rows]);
  return row;
};
