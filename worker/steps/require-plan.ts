import { AppError } from "#lib/errors.ts";
import type { Plan } from "#lib/media/plan.ts";
import type { StepContext } from "./step.ts";

/** The run's plan. Throws `internal` when there is none yet, or one of a later version of Kinora. */
export const requirePlan = ({ run }: StepContext): Plan => {
  if (run.plan === null || run.plan.version !== 2) {
    throw new AppError("internal", {
      message: "The run has no plan this version can carry out.",
      context: { runId: run.id },
    });
  }
  return run.plan;
};
