import { db, transaction } from "#lib/db/client.ts";
import { deleteOldDeliveries, listStrandedDeliveries } from "#lib/db/queries/notifications/webhook-deliveries.ts";
import { log } from "#lib/log.ts";
import { metrics } from "#lib/metrics.ts";
import { deliveryJobKeyPrefix, enqueueDelivery } from "#lib/webhooks/delivery-job.ts";

/** A delivery that is due for longer than this without a job lost it. */
const strandedSeconds = 60;
/** Days that ended deliveries are kept. */
const keptDays = 30;
const batch = 1_000;

/**
 * Queues deliveries again whose jobs were lost (a process that died in every attempt, a queue that was emptied), and
 * removes those that ended long ago. Returns how many were queued.
 */
export const sweepDeliveries = async (): Promise<number> => {
  const stranded = await listStrandedDeliveries(db(), {
    seconds: strandedSeconds,
    keyPrefix: deliveryJobKeyPrefix,
    limit: batch,
  });
  for (const { id, webhookId } of stranded) {
    await transaction((tx) => enqueueDelivery(tx, { deliveryId: id, webhookId, failing: true }));
  }
  if (stranded.length > 0) {
    metrics().recoveredJobs.inc({ reason: "stranded_delivery" }, stranded.length);
    log().warn({ "event.action": "webhooks.requeued", count: stranded.length }, "deliveries without a job were queued");
  }
  await deleteOldDeliveries(db(), { days: keptDays, limit: batch });
  return stranded.length;
};
