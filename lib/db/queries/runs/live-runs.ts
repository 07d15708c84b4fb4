import { eq, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import type { StepKind, StepRow } from "#lib/db/queries/runs/run-steps.ts";
import type { RunState } from "#lib/db/queries/runs/runs.ts";
import { chunks, runSteps, runs } from "#lib/db/schema/index.ts";

/** A run as its delivery sees it, without what is large. `version` changes whenever its playlists may have. */
export type LiveRunHead = {
  videoId: string;
  sourceKey: string;
  state: RunState;
  /** On the database's clock; null while it runs. */
  endedSecondsAgo: number | null;
  version: string;
};

/** The head of a run, or null. */
export const getLiveRunHead = async (tx: DbOrTx, runId: string): Promise<LiveRunHead | null> => {
  const listed = sql`(select count(*) from ${chunks} where ${chunks.runId} = ${runs.id})`;
  const done = sql`(select count(*) from ${runSteps} where ${runSteps.runId} = ${runs.id} and ${runSteps.state} = 'done')`;
  const [row] = await tx
    .select({
      videoId: runs.videoId,
      sourceKey: runs.sourceKey,
      state: runs.state,
      endedSecondsAgo: sql<number | null>`extract(epoch from now() - ${runs.endedAt})::float8`,
      version: sql<string>`concat_ws(':', ${runs.state}, ${runs.updatedAt}, ${listed}, ${done})`,
    })
    .from(runs)
    .where(eq(runs.id, runId));
  return row ?? null;
};

/** What a run plans and which of its steps have ended, as stored. */
export const getLiveRunBody = async (
  tx: DbOrTx,
  runId: string,
): Promise<{ plan: unknown; steps: { kind: StepKind; ordinal: number; state: StepRow["state"] }[] }> => {
  const [[run], steps] = await Promise.all([
    tx.select({ plan: runs.plan }).from(runs).where(eq(runs.id, runId)),
    tx
      .select({ kind: runSteps.kind, ordinal: runSteps.ordinal, state: runSteps.state })
      .from(runSteps)
      .where(eq(runSteps.runId, runId)),
  ]);
  return { plan: run?.plan ?? null, steps };
};
