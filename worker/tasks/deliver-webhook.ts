import { deliverWebhook } from "#lib/webhooks/deliver-webhook.ts";
import { task } from "#worker/tasks/task.ts";

/** Makes one attempt to tell a webhook of an event. */
export const deliverWebhookTask = task("webhooks/deliver", ({ deliveryId }, { signal }) =>
  deliverWebhook({ deliveryId, signal }),
);
