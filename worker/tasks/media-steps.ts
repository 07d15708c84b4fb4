import { performStep, type StepMachine } from "#worker/supervision/perform-step.ts";
import { task, type WorkerTask } from "#worker/tasks/task.ts";

/** The tasks that carry out steps of runs, on the given machine. */
export const mediaStepTasks = (machine: StepMachine): WorkerTask[] => {
  const steps = [
    "media/probe",
    "media/copy",
    "media/preview",
    "media/encode",
    "media/audio",
    "media/package",
    "media/poster",
    "media/stills",
    "media/text",
    "media/finish",
  ] as const;
  return steps.map((name) => task(name, ({ stepId }, { signal }) => performStep({ machine, stepId, signal })));
};
