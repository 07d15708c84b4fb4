import { and, asc, eq, inArray, isNotNull, lt, notExists, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx } from "#lib/db/client.ts";
import type { StepKind } from "#lib/db/queries/runs/run-steps.ts";
import { audioExports, runSteps, runs, stepKinds, videos, workerInstances } from "#lib/db/schema/index.ts";

/** Locks steps in the order of their ids, as a cancellation does, so that the two never wait for each other. */
const inOrder = (tx: DbOrTx, which: SQL | undefined) =>
  inArray(
    runSteps.id,
    tx.select({ id: runSteps.id }).from(runSteps).where(which).orderBy(asc(runSteps.id)).for("update"),
  );

/**
 * Attempts after which a step is given up that killed its worker each time, or seemed to: a step beside a killer dies with
 * it, and sound, which is made from its start again, may die often before it gets further than before.
 */
const mostDeaths = 12;

/**
 * Gives back every step that a dead worker held. The attempts count, because they may have been what killed it, but not
 * as much as faults do: each death adds one to those that are left, up to `mostDeaths` in all.
 */
export const giveBackWorkerSteps = async (tx: DbOrTx, workerId: string): Promise<string[]> => {
  const held = and(eq(runSteps.workerId, workerId), inArray(runSteps.state, ["running", "publishing"]));
  const maxAttempts = sql`greatest(${runSteps.maxAttempts}, least(${runSteps.maxAttempts} + 1, ${mostDeaths}::int))`;
  const rows = await tx
    .update(runSteps)
    .set({ ...givenBack, maxAttempts })
    .where(inOrder(tx, held))
    .returning({ id: runSteps.id });
  return rows.map((row) => row.id);
};

const givenBack = {
  state: "queued",
  attemptId: null,
  workerId: null,
  progress: 0,
  speed: null,
  result: null,
  errorDetail: "its worker let go of it",
  updatedAt: sql`now()`,
} as const;

/** Longer than an attempt takes between the end of its job and its last word. */
const silentSeconds = 60;

/**
 * Gives back steps that nobody works on: their worker is stopped, swept or unknown, or no job of theirs is held, since
 * the statement that should have given them back failed. Normally none: sweeps do it worker by worker.
 */
export const giveBackOrphanedSteps = async (tx: DbOrTx): Promise<string[]> => {
  const aliveWorker = sql`(select 1 from ${workerInstances}
    where ${workerInstances.id} = ${runSteps.workerId} and ${workerInstances.sweptAt} is null and ${workerInstances.stoppedAt} is null)`;
  const heldJob = sql`(select 1 from graphile_worker.jobs j
    where j.key = 'step:' || ${runSteps.id}::text and j.locked_at is not null)`;
  const letGo = and(lt(runSteps.updatedAt, sql`now() - make_interval(secs => ${silentSeconds})`), notExists(heldJob));
  const orphaned = and(inArray(runSteps.state, ["running", "publishing"]), or(notExists(aliveWorker), letGo));
  const rows = await tx.update(runSteps).set(givenBack).where(inOrder(tx, orphaned)).returning({ id: runSteps.id });
  return rows.map((row) => row.id);
};

/** A queued step that no job will ever run. */
export type StrandedStep = {
  stepId: string;
  runId: string;
  kind: StepKind;
  ordinal: number;
  attempts: number;
  maxAttempts: number;
};

const strandedRow = z.object({
  id: z.string(),
  run_id: z.string(),
  kind: z.enum(stepKinds),
  ordinal: z.number(),
  attempts: z.number(),
  max_attempts: z.number(),
});

/**
 * Steps of `kind` from `fromOrdinal` on wait until all steps of the awaited kinds have ended, or only the first of each;
 * `all` are all other kinds.
 */
export type WaitRule = {
  kind: StepKind;
  fromOrdinal: number;
  awaits: readonly StepKind[] | "all";
  onlyFirst?: boolean;
};

/** Whether a step `o` is one that the step `s` waits for. */
const holdsBack = (rules: readonly WaitRule[]) =>
  sql.join(
    rules.map(({ kind, fromOrdinal, awaits, onlyFirst }) => {
      const awaited = awaits === "all" ? sql`o.kind <> s.kind` : sql`o.kind in ${[...awaits]}`;
      const which = onlyFirst === true ? sql`${awaited} and o.ordinal = 0` : awaited;
      return sql`(s.kind = ${kind} and s.ordinal >= ${fromOrdinal} and ${which})`;
    }),
    sql` or `,
  );

/**
 * Queued steps of running runs without a job that is waiting or being worked on. Some wait for others on purpose, by the
 * given rules, so they count only when those have ended. `stepId` narrows the search to one step.
 */
export const listStrandedSteps = async (
  tx: DbOrTx,
  { limit, stepId, rules }: { limit: number; stepId?: string; rules: readonly WaitRule[] },
): Promise<StrandedStep[]> => {
  const rows = await tx.execute(sql`
    select s.id, s.run_id, s.kind, s.ordinal, s.attempts, s.max_attempts
    from run_steps s join runs r on r.id = s.run_id
    where s.state = 'queued' and r.state = 'running'
      ${stepId === undefined ? sql`` : sql`and s.id = ${stepId}::uuid`}
      and not exists (
        select 1 from graphile_worker.jobs j
        where j.key = 'step:' || s.id::text and (j.locked_at is not null or j.attempts < j.max_attempts)
      )
      and not exists (
        select 1 from run_steps o
        where o.run_id = s.run_id and o.state in ('queued', 'running', 'publishing') and (${holdsBack(rules)})
      )
    order by s.updated_at
    limit ${limit}`);
  return [...rows]
    .map((row) => strandedRow.parse(row))
    .map((row) => ({
      stepId: row.id,
      runId: row.run_id,
      kind: row.kind,
      ordinal: row.ordinal,
      attempts: row.attempts,
      maxAttempts: row.max_attempts,
    }));
};

/** Running runs in which nothing is left to do, though nothing ended them. */
export const listStuckRuns = async (tx: DbOrTx, limit: number): Promise<string[]> => {
  const openStep = sql`(select 1 from ${runSteps}
    where ${runSteps.runId} = ${runs.id} and ${runSteps.state} in ('queued', 'running', 'publishing'))`;
  const rows = await tx
    .select({ id: runs.id })
    .from(runs)
    .where(and(eq(runs.state, "running"), notExists(openStep)))
    .limit(limit);
  return rows.map((row) => row.id);
};

/** Videos that are deleted though a run of theirs is going on. */
export const listDeletedVideosWithRuns = async (tx: DbOrTx, limit: number): Promise<string[]> => {
  const rows = await tx
    .select({ id: videos.id })
    .from(runs)
    .innerJoin(videos, eq(videos.id, runs.videoId))
    .where(and(eq(runs.state, "running"), isNotNull(videos.deletedAt)))
    .limit(limit);
  return rows.map((row) => row.id);
};

/** Videos deleted more than `seconds` ago, oldest first, whose removal is not queued. */
export const listPurgeableVideos = async (
  tx: DbOrTx,
  { seconds, limit }: { seconds: number; limit: number },
): Promise<string[]> => {
  const rows = await tx
    .select({ id: videos.id })
    .from(videos)
    .where(
      and(
        lt(videos.deletedAt, sql`now() - make_interval(secs => ${seconds})`),
        // Those of somebody who is leaving wait with their account, which has a longer grace time.
        notExists(sql`(select 1 from channels c join users u on u.id = c.owner_id
          where c.id = ${videos.channelId} and u.deletion_requested_at = ${videos.deletedAt})`),
        notExists(sql`(select 1 from graphile_worker.jobs j where j.key = 'purge:' || ${videos.id}::text)`),
      ),
    )
    .orderBy(videos.deletedAt)
    .limit(limit);
  return rows.map((row) => row.id);
};

/** Of those attempts, the ones that are being worked on. */
export const listLiveAttempts = async (tx: DbOrTx, attemptIds: readonly string[]): Promise<Set<string>> => {
  if (attemptIds.length === 0) return new Set();
  const rows = await tx
    .select({ attemptId: runSteps.attemptId })
    .from(runSteps)
    .where(and(inArray(runSteps.attemptId, [...attemptIds]), inArray(runSteps.state, ["running", "publishing"])));
  const exporting = await tx
    .select({ attemptId: audioExports.attemptId })
    .from(audioExports)
    .where(and(inArray(audioExports.attemptId, [...attemptIds]), eq(audioExports.state, "running")));
  return new Set([...rows, ...exporting].flatMap((row) => row.attemptId ?? []));
};
