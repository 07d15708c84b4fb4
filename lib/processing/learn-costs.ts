import type { Tx } from "#lib/db/client.ts";
import { findSetting, putSetting } from "#lib/db/queries/instance/settings.ts";
import { listWorkedSteps } from "#lib/db/queries/runs/run-progress.ts";
import type { RunRow } from "#lib/db/queries/runs/runs.ts";
import { probeResultSchema } from "#lib/processing/finish-result.ts";
import { learnCosts, type StepCosts, stepCostsSchema } from "#lib/processing/step-costs.ts";

const key = "processing.step-costs";

/** What was measured on this instance so far; nothing on a new one. */
export const knownStepCosts = async (tx: Tx): Promise<StepCosts> =>
  stepCostsSchema.safeParse(await findSetting(tx, { key })).data ?? {};

/** Learns from the steps of a run that has just been published what each kind of work costs here. */
export const learnFromRun = async (tx: Tx, run: RunRow): Promise<void> => {
  const planned = probeResultSchema.safeParse({ plan: run.plan });
  if (!planned.success) return;
  const weightOf = new Map(planned.data.plan.steps.map((step) => [`${step.kind} ${step.ordinal}`, step.weight]));
  const worked = (await listWorkedSteps(tx, run.id)).flatMap(({ ordinal, ...step }) => {
    const weight = weightOf.get(`${step.kind} ${ordinal}`);
    return weight === undefined ? [] : [{ ...step, weight }];
  });
  const known = stepCostsSchema.safeParse(await findSetting(tx, { key, lock: true })).data ?? {};
  const learnt = learnCosts(known, worked);
  if (JSON.stringify(learnt) !== JSON.stringify(known)) await putSetting(tx, { key, value: learnt });
};
