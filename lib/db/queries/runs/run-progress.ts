import { and, eq, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { z } from "zod";
import type { DbOrTx } from "#lib/db/client.ts";
import { idArray, oneOfIds } from "#lib/db/queries/instance/one-of-ids.ts";
import type { StepKind, StepRow } from "#lib/db/queries/runs/run-steps.ts";
import { runSteps, runs } from "#lib/db/schema/index.ts";

/** A step as progress sees it; its times count backwards from now on the database's clock. */
export type StepProgress = {
  videoId: string;
  runId: string;
  kind: StepKind;
  ordinal: number;
  state: StepRow["state"];
  progress: number;
  speed: number | null;
  weight: number;
  errorCode: string | null;
  /** Of its present or last attempt. */
  startedSecondsAgo: number | null;
  endedSecondsAgo: number | null;
};

const secondsSince = (column: AnyPgColumn) =>
  sql<number | null>`extract(epoch from now() - ${column})::float8`.mapWith({
    mapFromDriverValue: (value: unknown) => (value === null ? null : Number(value)),
  });

/** The steps of the running runs of those videos. */
export const listRunningSteps = (tx: DbOrTx, videoIds: readonly string[]): Promise<StepProgress[]> =>
  tx
    .select({
      videoId: runs.videoId,
      runId: runs.id,
      kind: runSteps.kind,
      ordinal: runSteps.ordinal,
      state: runSteps.state,
      progress: runSteps.progress,
      speed: runSteps.speed,
      weight: runSteps.weight,
      errorCode: runSteps.errorCode,
      startedSecondsAgo: secondsSince(runSteps.startedAt),
      endedSecondsAgo: secondsSince(runSteps.endedAt),
    })
    .from(runs)
    .innerJoin(runSteps, eq(runSteps.runId, runs.id))
    .where(and(oneOfIds(runs.videoId, videoIds), eq(runs.state, "running")));

/** The done steps of a run with the times of their last attempt, in seconds since 1970. */
export const listWorkedSteps = async (
  tx: DbOrTx,
  runId: string,
): Promise<{ kind: StepKind; ordinal: number; startedAt: number; endedAt: number }[]> => {
  const rows = await tx
    .select({
      kind: runSteps.kind,
      ordinal: runSteps.ordinal,
      startedAt: runSteps.startedAt,
      endedAt: runSteps.endedAt,
    })
    .from(runSteps)
    .where(and(eq(runSteps.runId, runId), eq(runSteps.state, "done")));
  return rows.flatMap(({ startedAt, endedAt, ...step }) =>
    startedAt === null || endedAt === null
      ? []
      : [{ ...step, startedAt: startedAt.getTime() / 1000, endedAt: endedAt.getTime() / 1000 }],
  );
};

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
    select id as run_id, place from places where id = any(${idArray(runIds)})`);
  return new Map([...rows].map((row) => placeRow.parse(row)).map((row) => [row.run_id, row.place]));
};
