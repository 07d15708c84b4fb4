import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { runSteps, runs, videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";

/** The kinds of work a plan names. */
export type StepKind = (typeof runSteps.$inferSelect)["kind"];
/** Every kind of work. */
export { stepKinds } from "#lib/db/schema/processing.ts";
/** A step as stored. */
export type StepRow = typeof runSteps.$inferSelect;
/** A step to insert. */
export type NewStep = { kind: StepKind; ordinal: number; required: boolean; weight: number; maxAttempts: number };

/** Inserts steps of a run, leaving those that are there; returns what was inserted. */
export const insertSteps = async (
  tx: Tx,
  { runId, steps }: { runId: string; steps: readonly NewStep[] },
): Promise<{ id: string; kind: StepKind; ordinal: number }[]> => {
  if (steps.length === 0) return [];
  return tx
    .insert(runSteps)
    .values(steps.map((step) => ({ id: newId(), runId, ...step })))
    .onConflictDoNothing()
    .returning({ id: runSteps.id, kind: runSteps.kind, ordinal: runSteps.ordinal });
};

/** A step without its result, which may be long. */
export type StepHead = Pick<StepRow, "id" | "kind" | "ordinal" | "required" | "state">;

/** A run's steps in the order of their ids, without their results. */
export const listStepHeads = (tx: DbOrTx, runId: string): Promise<StepHead[]> =>
  tx
    .select({
      id: runSteps.id,
      kind: runSteps.kind,
      ordinal: runSteps.ordinal,
      required: runSteps.required,
      state: runSteps.state,
    })
    .from(runSteps)
    .where(eq(runSteps.runId, runId))
    .orderBy(asc(runSteps.id));

/** A run's steps in the order of their ids. */
export const listSteps = (tx: DbOrTx, runId: string): Promise<StepRow[]> =>
  tx.select().from(runSteps).where(eq(runSteps.runId, runId)).orderBy(asc(runSteps.id));

/** A step, or null. */
export const getStep = async (tx: DbOrTx, stepId: string): Promise<StepRow | null> => {
  const [row] = await tx.select().from(runSteps).where(eq(runSteps.id, stepId));
  return row ?? null;
};

/**
 * Takes a queued step for one attempt; null when it is not queued any more, out of attempts, or its run has ended or its
 * video is deleted.
 */
export const claimQueuedStep = async (
  tx: DbOrTx,
  { stepId, attemptId, workerId }: { stepId: string; attemptId: string; workerId: string },
): Promise<StepRow | null> => {
  const [row] = await tx
    .update(runSteps)
    .set({
      state: "running",
      attemptId,
      workerId,
      attempts: sql`${runSteps.attempts} + 1`,
      progress: 0,
      speed: null,
      errorCode: null,
      errorDetail: null,
      startedAt: sql`now()`,
      updatedAt: sql`now()`,
    })
    .from(runs)
    .innerJoin(videos, eq(videos.id, runs.videoId))
    .where(
      and(
        eq(runSteps.id, stepId),
        eq(runSteps.state, "queued"),
        sql`${runSteps.attempts} < ${runSteps.maxAttempts}`,
        eq(runs.id, runSteps.runId),
        eq(runs.state, "running"),
        isNull(videos.deletedAt),
      ),
    )
    .returning({ id: runSteps.id });
  return row === undefined ? null : getStep(tx, stepId);
};

/** A step under the attempt that works on it. */
export type AttemptRef = { stepId: string; attemptId: string };

const isAttempt = ({ stepId, attemptId }: AttemptRef) =>
  and(eq(runSteps.id, stepId), eq(runSteps.attemptId, attemptId));

/** Writes an attempt's progress; false when the step is no longer its own. */
export const writeStepProgress = async (
  tx: DbOrTx,
  { fraction, speed, ...attempt }: AttemptRef & { fraction: number; speed: number | null },
): Promise<boolean> => {
  const rows = await tx
    .update(runSteps)
    .set({ progress: fraction, speed, updatedAt: sql`now()` })
    .where(and(isAttempt(attempt), eq(runSteps.state, "running")))
    .returning({ id: runSteps.id });
  return rows.length === 1;
};

/** Whether the step is still the attempt's own. */
export const isOwnAttempt = async (tx: DbOrTx, attempt: AttemptRef): Promise<boolean> => {
  const rows = await tx
    .select({ id: runSteps.id })
    .from(runSteps)
    .where(and(isAttempt(attempt), inArray(runSteps.state, ["running", "publishing"])));
  return rows.length === 1;
};

/** Accepts an attempt's result: `running` becomes `publishing`. False when the attempt was replaced or cancelled. */
export const acceptStepResult = async (
  tx: DbOrTx,
  { result, ...attempt }: AttemptRef & { result: unknown },
): Promise<boolean> => {
  const rows = await tx
    .update(runSteps)
    .set({ state: "publishing", result, progress: 1, speed: null, updatedAt: sql`now()` })
    .where(and(isAttempt(attempt), eq(runSteps.state, "running")))
    .returning({ id: runSteps.id });
  return rows.length === 1;
};

/** Ends an accepted attempt: `publishing` becomes `done`. False when the attempt was replaced or cancelled. */
export const finishStep = async (tx: DbOrTx, attempt: AttemptRef): Promise<boolean> => {
  const rows = await tx
    .update(runSteps)
    .set({ state: "done", updatedAt: sql`now()`, endedAt: sql`now()` })
    .where(and(isAttempt(attempt), eq(runSteps.state, "publishing")))
    .returning({ id: runSteps.id });
  return rows.length === 1;
};

/** Gives an attempt's step back to the queue; `uncounted` takes the attempt off its count. False when it was not its own. */
export const giveBackAttempt = async (
  tx: DbOrTx,
  { uncounted, detail, ...attempt }: AttemptRef & { uncounted: boolean; detail?: string },
): Promise<StepRow | null> => {
  const [row] = await tx
    .update(runSteps)
    .set({
      state: "queued",
      attemptId: null,
      workerId: null,
      progress: 0,
      speed: null,
      result: null,
      attempts: uncounted ? sql`greatest(0, ${runSteps.attempts} - 1)` : runSteps.attempts,
      errorDetail: detail ?? null,
      updatedAt: sql`now()`,
    })
    .where(and(isAttempt(attempt), inArray(runSteps.state, ["running", "publishing"])))
    .returning();
  return row ?? null;
};

/** Notes what a queued step waits for; says whether that is news. Null when it is not queued any more. */
export const markStepWaiting = async (
  tx: Tx,
  { stepId, code }: { stepId: string; code: string },
): Promise<{ isNew: boolean } | null> => {
  const [row] = await tx
    .select({ errorCode: runSteps.errorCode })
    .from(runSteps)
    .where(and(eq(runSteps.id, stepId), eq(runSteps.state, "queued")))
    .for("update");
  if (row === undefined) return null;
  if (row.errorCode === code) return { isNew: false };
  await tx.update(runSteps).set({ errorCode: code, updatedAt: sql`now()` }).where(eq(runSteps.id, stepId));
  return { isNew: true };
};

/** Records the end of a step that will not be tried again. False when it had ended. */
export const failOpenStep = async (
  tx: DbOrTx,
  { stepId, attemptId, code, detail }: { stepId: string; attemptId?: string; code: string; detail: string | null },
): Promise<boolean> => {
  const rows = await tx
    .update(runSteps)
    .set({
      state: "failed",
      errorCode: code,
      errorDetail: detail,
      speed: null,
      updatedAt: sql`now()`,
      endedAt: sql`now()`,
    })
    .where(
      and(
        eq(runSteps.id, stepId),
        attemptId === undefined ? undefined : eq(runSteps.attemptId, attemptId),
        inArray(runSteps.state, ["queued", "running", "publishing"]),
      ),
    )
    .returning({ id: runSteps.id });
  return rows.length === 1;
};

/** Queues a run's failed and cancelled steps again, with all their attempts; done ones stay done. */
export const requeueEndedSteps = async (tx: DbOrTx, runId: string): Promise<void> => {
  await tx
    .update(runSteps)
    .set({
      ...{ state: "queued", attemptId: null, workerId: null, attempts: 0, progress: 0, speed: null },
      ...{ result: null, errorCode: null, errorDetail: null, startedAt: null, endedAt: null, updatedAt: sql`now()` },
    })
    .where(and(eq(runSteps.runId, runId), inArray(runSteps.state, ["failed", "cancelled"])));
};

/** Cancels every open step of those runs; their ids. Locks them in the order of their ids, as whoever sweeps a worker does. */
export const cancelOpenSteps = async (tx: Tx, runIds: readonly string[]): Promise<string[]> => {
  if (runIds.length === 0) return [];
  const open = await tx
    .select({ id: runSteps.id })
    .from(runSteps)
    .where(and(inArray(runSteps.runId, [...runIds]), inArray(runSteps.state, ["queued", "running", "publishing"])))
    .orderBy(asc(runSteps.id))
    .for("update");
  const ids = open.map(({ id }) => id);
  if (ids.length === 0) return [];
  await tx
    .update(runSteps)
    .set({ state: "cancelled", speed: null, updatedAt: sql`now()`, endedAt: sql`now()` })
    .where(inArray(runSteps.id, ids));
  return ids;
};
