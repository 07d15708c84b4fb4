import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx } from "#lib/db/client.ts";
import type { StepKind, StepRow } from "#lib/db/queries/run-steps.ts";
import { runSteps, runs } from "#lib/db/schema/index.ts";

/** A step as progress sees it; `runningSeconds` counts from the start of its present attempt, on the database's clock. */
export type StepProgress = {
  videoId: string;
  runId: string;
  kind: StepKind;
  state: StepRow["state"];
  progress: number;
  speed: number | null;
  weight: number;
  runningSeconds: number;
};

/** The steps of the running runs of those videos. */
export const listRunningSteps = (tx: DbOrTx, videoIds: readonly string[]): Promise<StepProgress[]> =>
  tx
    .select({
      videoId: runs.videoId,
      runId: runs.id,
      kind: runSteps.kind,
      state: runSteps.state,
      progress: runSteps.progress,
      speed: runSteps.speed,
      weight: runSteps.weight,
      runningSeconds: sql<number>`coalesce(extract(epoch from now() - ${runSteps.startedAt}), 0)::float8`.mapWith(
        Number,
      ),
    })
    .from(runs)
    .innerJoin(runSteps, eq(runSteps.runId, runs.id))
    .where(and(inArray(runs.videoId, [...videoIds]), eq(runs.state, "running")));

/** Places beyond this one are told as this one: the walk over a long queue stays bounded. */
export const lastCountedPlace = 1000;

const placeRow = z.object({ run_id: z.string(), place: z.coerce.number() });

/**
 * Places in the queue, from 1, of those of the given runs in which nothing is being worked on. Walks the running runs
 * (a partial index) in the order of their ids, at most `lastCountedPlace` of them.
 */
export const listQueuePlaces = async (tx: DbOrTx, runIds: readonly string[]): Promise<Map<string, number>> => {
  if (runIds.length === 0) return new Map();
  const rows = await tx.execute(sql`
    with waiting as (
      select r.id from runs r
      where r.state = 'running'
        and not exists (
          select 1 from run_steps s where s.run_id = r.id and s.state in ('running', 'publishing')
        )
      order by r.id
      limit ${lastCountedPlace}
    ), places as (select id, row_number() over (order by id) as place from waiting)
    select id as run_id, place from places where id in ${[...runIds]}`);
  return new Map([...rows].map((row) => placeRow.parse(row)).map((row) => [row.run_id, row.place]));
};
