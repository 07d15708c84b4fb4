import { AppError } from "#lib/errors.ts";
import type { StepHandler } from "./step.ts";

/** PLACEHOLDER of the ground commit: no plan names this kind yet; its room fills it. */
export const textStep: StepHandler = async () => {
  throw new AppError("internal", { message: "No plan names this kind of step." });
};
