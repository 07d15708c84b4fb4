import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import type { AttemptRef } from "#lib/db/queries/runs/run-steps.ts";
import { chunks, runSteps } from "#lib/db/schema/index.ts";

/** A stretch of a rendition that is in the object store. */
export type ChunkRow = { rendition: string; firstSegment: number; segmentCount: number; part: unknown };

/**
 * Lists stretches of a run; what is listed already stays, for equal names hold equal bytes. Returns how many were new.
 */
export const insertChunks = async (
  tx: DbOrTx,
  { runId, rows }: { runId: string; rows: readonly ChunkRow[] },
): Promise<number> => {
  if (rows.length === 0) return 0;
  const inserted = await tx
    .insert(chunks)
    .values(rows.map((row) => ({ runId, ...row })))
    .onConflictDoNothing()
    .returning({ firstSegment: chunks.firstSegment });
  return inserted.length;
};

/**
 * Lists one stretch while its step is still the attempt's own; false when it was taken away. A step that goes forward is
 * no poison: its earlier attempts are forgiven, so that a long one outlives any number of dead workers.
 */
export const insertChunkOfAttempt = async (
  tx: DbOrTx,
  { runId, row, ...attempt }: AttemptRef & { runId: string; row: ChunkRow },
): Promise<boolean> => {
  const own = await tx
    .select({ id: runSteps.id })
    .from(runSteps)
    .where(
      and(
        eq(runSteps.id, attempt.stepId),
        eq(runSteps.attemptId, attempt.attemptId),
        inArray(runSteps.state, ["running", "publishing"]),
      ),
    )
    .for("update");
  if (own.length === 0) return false;
  if ((await insertChunks(tx, { runId, rows: [row] })) > 0) {
    await tx.update(runSteps).set({ attempts: 1 }).where(eq(runSteps.id, attempt.stepId));
  }
  return true;
};

/** Stretches of a run in order; of one rendition when it is named. */
export const listChunks = (
  tx: DbOrTx,
  { runId, rendition }: { runId: string; rendition?: string | undefined },
): Promise<ChunkRow[]> =>
  tx
    .select({
      rendition: chunks.rendition,
      firstSegment: chunks.firstSegment,
      segmentCount: chunks.segmentCount,
      part: chunks.part,
    })
    .from(chunks)
    .where(and(eq(chunks.runId, runId), rendition === undefined ? undefined : eq(chunks.rendition, rendition)))
    .orderBy(asc(chunks.rendition), asc(chunks.firstSegment));

/** Forgets a run's stretches: its playlists are stored, or its files go. */
export const deleteChunks = async (tx: DbOrTx, runId: string): Promise<void> => {
  await tx.delete(chunks).where(eq(chunks.runId, runId));
};

/** Which of those renditions have a first segment to play. */
export const listBegunRenditions = async (tx: DbOrTx, runId: string): Promise<string[]> => {
  const rows = await tx
    .select({ rendition: chunks.rendition })
    .from(chunks)
    .where(and(eq(chunks.runId, runId), sql`${chunks.firstSegment} = 0`));
  return rows.map((row) => row.rendition);
};
