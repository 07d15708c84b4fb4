import { z } from "zod";
import { env } from "#lib/env.ts";
import { reconcileNotifications } from "#lib/notifications/dispatch-event.ts";
import { sweepDeliveries } from "#lib/webhooks/sweep-deliveries.ts";
import { runWorkerProcess } from "#worker/supervision/run-worker-process.ts";
import { workerTimes } from "#worker/supervision/start-worker.ts";
import { deliverWebhookTask } from "#worker/tasks/deliver-webhook.ts";
import { dispatchEventTask } from "#worker/tasks/dispatch-event.ts";

// A worker process as in production, with the tasks that lead from an event to its receivers.

const times = z.record(z.string(), z.unknown()).parse(JSON.parse(process.argv[2] ?? "{}"));

await runWorkerProcess({
  times: { ...workerTimes, ...times },
  concurrency: env().workerConcurrency,
  tasks: () => [dispatchEventTask, deliverWebhookTask],
  upkeep: async () => {
    await reconcileNotifications();
    await sweepDeliveries();
  },
});
