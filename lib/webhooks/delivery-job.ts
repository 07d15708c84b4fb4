import type { DbOrTx } from "#lib/db/client.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";

/** What the keys of delivery jobs begin with; the delivery's id follows. */
export const deliveryJobKeyPrefix = "webhook-delivery:";

/** Jobs of webhooks whose last attempt failed come after all others. */
const failingPriority = 10;

/**
 * Queues the next attempt of a delivery in the caller's transaction. Deliveries of one webhook wait for one another: a
 * receiver is never called twice at a time, and a slow one takes one place of the lane at most.
 */
export const enqueueDelivery = (
  tx: DbOrTx,
  { deliveryId, webhookId, failing, runAt }: { deliveryId: string; webhookId: string; failing: boolean; runAt?: Date },
): Promise<void> =>
  enqueue(
    tx,
    "webhooks/deliver",
    { deliveryId },
    {
      key: `${deliveryJobKeyPrefix}${deliveryId}`,
      queue: `webhook:${webhookId}`,
      priority: failing ? failingPriority : 0,
      ...(runAt === undefined ? {} : { runAt }),
    },
  );
