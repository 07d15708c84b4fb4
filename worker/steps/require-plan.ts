import { AppError } from "#lib/errors.ts";
import type { Plan } from "#lib/media/plan/plan.ts";
import type { StepContext } from "./step.ts";

/** The run's plan. Throws `internal` when there is none yet, or one that this version cannot read (`knownPlan`). */
export const requirePlan = ({ run }: StepContext): Plan => {
  if (run.plan === null) {
    throw new AppError("internal", {
      message: "The run has no plan this version can carry out.",
      context: { runId: run.id },
    });
  }
  return run.plan;
};
