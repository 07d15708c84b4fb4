import { access } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { env } from "#lib/env.ts";
import { objectStore } from "#lib/storage/index.ts";
import { fakeHandlers, noTool } from "#tests/factories/fake-steps.ts";
import type { StepContext, StepHandler } from "#worker/steps/step.ts";
import { removeDeadScratch } from "#worker/supervision/remove-dead-scratch.ts";
import { runWorkerProcess } from "#worker/supervision/run-worker-process.ts";
import { workerTimes } from "#worker/supervision/start-worker.ts";
import { createWorkspace } from "#worker/supervision/workspace.ts";
import { mediaStepTasks } from "#worker/tasks/media-steps.ts";
import { removeRunFilesTask } from "#worker/tasks/remove-run-files.ts";

// A worker process as in production, but with handlers whose behaviour the video's title decides:
//   slow    the encode lasts until <dataDir>/go exists
//   poison  the encode kills the process
//   other   every step ends at once

const times = z.record(z.string(), z.unknown()).parse(JSON.parse(process.argv[2] ?? "{}"));
const scratchRoot = join(env().dataDir, "scratch");

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

const say = (word: string, { step }: StepContext) => process.stdout.write(`${word} ${step.kind} ${step.id}\n`);

const waitForGo = async (context: StepContext): Promise<void> => {
  while (!(await exists(join(env().dataDir, "go")))) {
    context.report({ fraction: 0.5, speed: 1 });
    await delay(20, undefined, { signal: context.signal });
  }
};

const plain = fakeHandlers();

const encode: StepHandler = async (context) => {
  say("begun", context);
  if (context.title === "poison") process.kill(process.pid, "SIGKILL");
  if (context.title === "slow") await waitForGo(context);
  const outcome = await plain.encode(context);
  say("ending", context);
  return outcome;
};

await runWorkerProcess({
  times: { ...workerTimes, ...times },
  concurrency: env().workerConcurrency,
  tasks: (workerId) => [
    ...mediaStepTasks({
      workerId,
      handlers: { ...plain, encode },
      store: objectStore(),
      ffmpeg: noTool,
      ffprobe: noTool,
      workspace: createWorkspace({
        ...{ store: objectStore(), scratchRoot, workerId, retryMs: 300 },
        limits: { floorBytes: env().scratchFreeBytes, maxBytes: env().scratchMaxBytes },
      }),
      progressMs: 200,
    }),
    removeRunFilesTask,
  ],
  upkeep: () => removeDeadScratch({ scratchRoot }),
});
