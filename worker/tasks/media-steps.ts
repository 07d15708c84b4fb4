import { join } from "node:path";
import { performStep, type StepMachine } from "#worker/supervision/perform-step.ts";
import { createSourceCache, sourcesFolder } from "#worker/supervision/source-cache.ts";
import { task, type WorkerTask } from "#worker/tasks/task.ts";

/** Bytes of originals that a worker keeps at hand when its storage is not a folder: a few long films. */
const sourceCacheBytes = 20 * 1024 ** 3;

/** The tasks that carry out steps of runs, on the given machine. */
export const mediaStepTasks = (parts: Omit<StepMachine, "sources">): WorkerTask[] => {
  const { store, scratchRoot, workerId } = parts;
  const folder = join(scratchRoot, sourcesFolder(workerId));
  const machine = { ...parts, sources: createSourceCache({ store, folder, maxBytes: sourceCacheBytes }) };
  const steps = [
    "media/probe",
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
