import { and, eq } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import type { StepKind } from "#lib/db/queries/runs/run-steps.ts";
import { runSteps } from "#lib/db/schema/index.ts";

/** Results of a run's finished steps of one kind. */
export const listResultsOfKind = (
  tx: DbOrTx,
  { runId, kind }: { runId: string; kind: StepKind },
): Promise<{ kind: StepKind; result: unknown }[]> =>
  tx
    .select({ kind: runSteps.kind, result: runSteps.result })
    .from(runSteps)
    .where(and(eq(runSteps.runId, runId), eq(runSteps.kind, kind), eq(runSteps.state, "done")));
