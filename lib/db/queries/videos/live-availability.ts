import { and, inArray, isNotNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx } from "#lib/db/client.ts";
import { idArray } from "#lib/db/queries/instance/one-of-ids.ts";
import { chunks, runSteps, runs } from "#lib/db/schema/index.ts";

/** A running run that has something to play. `sourceRendition` and `previewRung` are its plan's. */
export type PlayableRun = {
  runId: string;
  videoId: string;
  sourceRendition: string | null;
  previewRung: string | null;
};

/** The running runs of those videos that have something to play. */
export const listPlayableRuns = async (tx: DbOrTx, videoIds: readonly string[]): Promise<PlayableRun[]> =>
  videoIds.length === 0
    ? []
    : tx
        .select({
          runId: runs.id,
          videoId: runs.videoId,
          sourceRendition: sql<string | null>`${runs.plan} #>> '{source,video,rendition}'`,
          previewRung: sql<string | null>`${runs.plan} ->> 'previewRung'`,
        })
        .from(runs)
        .where(and(inArray(runs.videoId, [...videoIds]), sql`${runs.state} = 'running'`, isNotNull(runs.playableAt)));

const availableRow = z.object({ run_id: z.string(), rendition: z.string(), available_ms: z.coerce.number() });

/** How far each rendition of those runs can be played from 0 on, in milliseconds: what lies behind a gap does not count. */
export const listAvailable = async (
  tx: DbOrTx,
  runIds: readonly string[],
): Promise<{ runId: string; rendition: string; availableMs: number }[]> => {
  if (runIds.length === 0) return [];
  const rows = await tx.execute(sql`
    select run_id, rendition, floor(max(end_seconds) * 1000) as available_ms
    from (
      select c.run_id, c.rendition, c.first_segment,
        sum(c.segment_count) over (partition by c.run_id, c.rendition order by c.first_segment) - c.segment_count as before,
        ((c.part #>> '{segments,-1,start}')::float8 + (c.part #>> '{segments,-1,duration}')::float8)
          / (c.part ->> 'timescale')::float8 as end_seconds
      from ${chunks} c where c.run_id = any(${idArray(runIds)})
    ) stretches
    where first_segment = before
    group by run_id, rendition`);
  return [...rows]
    .map((row) => availableRow.parse(row))
    .map((row) => ({ runId: row.run_id, rendition: row.rendition, availableMs: row.available_ms }));
};

/** Of those runs, the kinds of picture steps that have all ended well. */
export const listDonePictureKinds = async (
  tx: DbOrTx,
  runIds: readonly string[],
): Promise<{ runId: string; kind: string }[]> =>
  runIds.length === 0
    ? []
    : tx
        .select({ runId: runSteps.runId, kind: runSteps.kind })
        .from(runSteps)
        .where(and(inArray(runSteps.runId, [...runIds]), inArray(runSteps.kind, ["preview", "encode"])))
        .groupBy(runSteps.runId, runSteps.kind)
        .having(sql`bool_and(${runSteps.state} = 'done')`);
