import type { DbOrTx } from "#lib/db/client.ts";
import type { OutboxEvent } from "#lib/db/queries/notifications/outbox.ts";
import { insertDeliveries } from "#lib/db/queries/notifications/webhook-deliveries.ts";
import { listWebhooksFor } from "#lib/db/queries/notifications/webhooks.ts";
import { newId } from "#lib/ids.ts";
import { deliveryBody } from "#lib/webhooks/delivery-body.ts";
import { enqueueDelivery } from "#lib/webhooks/delivery-job.ts";

/**
 * Puts an event on its way to every active webhook that wants it: of the account it concerns and of its channel. A
 * delivery and its job commit with the caller's transaction; a second call for the same event adds nothing.
 */
export const queueWebhookDeliveries = async (tx: DbOrTx, event: OutboxEvent): Promise<void> => {
  const now = new Date();
  for (const { webhook, owner } of await listWebhooksFor(tx, event)) {
    const body = await deliveryBody(tx, { event, owner });
    const made = await insertDeliveries(tx, [
      { id: newId(), webhookId: webhook.id, eventId: event.id, type: event.type, body, nextAttemptAt: now },
    ]);
    const failing = webhook.failingSince !== null;
    for (const { id } of made) await enqueueDelivery(tx, { deliveryId: id, webhookId: webhook.id, failing });
  }
};
