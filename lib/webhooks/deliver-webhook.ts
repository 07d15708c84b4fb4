import { unseal } from "#lib/accounts/sealed-key.ts";
import { db, type Tx, transaction } from "#lib/db/client.ts";
import {
  type AttemptOutcome,
  findDeliveryToMake,
  giveDeliveryUp,
  recordAttempt,
} from "#lib/db/queries/notifications/webhook-deliveries.ts";
import {
  disableFailingWebhook,
  noteWebhookFailure,
  noteWebhookSuccess,
  type WebhookRow,
} from "#lib/db/queries/notifications/webhooks.ts";
import { log } from "#lib/log.ts";
import { recordEvent } from "#lib/notifications/record-event.ts";
import { enqueueDelivery } from "#lib/webhooks/delivery-job.ts";
import { postEvent } from "#lib/webhooks/post-event.ts";
import { nextAttemptAt } from "#lib/webhooks/retry-schedule.ts";
import { sealedSecretName } from "#lib/webhooks/secret.ts";
import { signatureHeader } from "#lib/webhooks/signature.ts";

/** The type of the event that a test sends; a webhook has it whatever its choice and state. */
export const pingType = "ping";

/** Days of nothing but failures after which a webhook is switched off. */
const failingDays = 3;

type Delivery = NonNullable<Awaited<ReturnType<typeof findDeliveryToMake>>>;

/** Why a delivery is not made at all, or null. */
const whyNot = ({ delivery, webhook, ownerActive }: Delivery): string | null => {
  if (webhook.deletedAt !== null) return "webhook_deleted";
  if (!ownerActive) return "account_inactive";
  return webhook.state === "active" || delivery.type === pingType ? null : "webhook_disabled";
};

/** A delivery to make. */
export type DeliverWebhook = {
  deliveryId: string;
  signal: AbortSignal;
  /** Milliseconds that the attempt may take; ten seconds unless told otherwise. */
  timeoutMs?: number | undefined;
};

const attempt = (
  { delivery, webhook }: Delivery,
  { signal, timeoutMs }: Pick<DeliverWebhook, "signal" | "timeoutMs">,
): Promise<AttemptOutcome> => {
  const { body } = delivery;
  const secret = unseal({ name: sealedSecretName(webhook.id), sealed: webhook.sealedSecret });
  const timestampSeconds = Math.floor(Date.now() / 1000);
  return postEvent({
    url: webhook.url,
    body,
    signal,
    timeoutMs,
    headers: {
      "content-type": "application/json; charset=utf-8",
      "user-agent": "Kinora-Webhooks/1",
      "kinora-event": delivery.type,
      "kinora-delivery": delivery.id,
      "kinora-signature": signatureHeader({ secret, body, timestampSeconds }),
    },
  });
};

/** After three days of nothing but failures a webhook is switched off, and its owner is told. */
const disableWhenHopeless = async (tx: Tx, webhook: WebhookRow, now: Date): Promise<void> => {
  const failingBefore = new Date(now.getTime() - failingDays * 86_400_000);
  const disabled = await disableFailingWebhook(tx, { webhookId: webhook.id, failingBefore, reason: "failing" });
  if (disabled === null) return;
  // Only the host: people put secrets into addresses.
  const data = { webhookId: webhook.id, host: new URL(webhook.url).host, days: failingDays, reason: "failing" };
  await recordEvent(tx, { type: "webhook.disabled", userId: webhook.ownerId, data });
  log().warn(
    { "event.action": "webhook.disabled", webhookId: webhook.id },
    "a webhook that only fails was switched off",
  );
};

/** When the delivery comes to its next attempt; null when the last one was the last. A test has one only. */
const retryTime = ({ delivery }: Delivery, now: Date): Date | null =>
  delivery.type === pingType ? null : nextAttemptAt({ attempts: delivery.attempts + 1, now, random: Math.random() });

const settle = (found: Delivery, outcome: AttemptOutcome): Promise<void> =>
  transaction(async (tx) => {
    const { delivery, webhook } = found;
    const now = new Date();
    const went = { deliveryId: delivery.id, attemptsBefore: delivery.attempts, outcome };
    if (outcome.lastError === null) {
      if (await recordAttempt(tx, { ...went, next: { state: "delivered" } })) await noteWebhookSuccess(tx, webhook.id);
      return;
    }
    const retryAt = retryTime(found, now);
    const next =
      retryAt === null ? ({ state: "failed" } as const) : ({ state: "queued", nextAttemptAt: retryAt } as const);
    if (!(await recordAttempt(tx, { ...went, next }))) return;
    await noteWebhookFailure(tx, { webhookId: webhook.id, now });
    if (retryAt !== null) {
      await enqueueDelivery(tx, { deliveryId: delivery.id, webhookId: webhook.id, failing: true, runAt: retryAt });
    }
    await disableWhenHopeless(tx, webhook, now);
  });

/**
 * Makes one attempt at a delivery and writes down how it went, together with the job of the next attempt. A process that
 * dies on the way leaves the delivery waiting: it is made again, so that a receiver may get an event twice, never not at
 * all. Does nothing for one that has ended. Throws when `signal` aborts.
 */
export const deliverWebhook = async ({ deliveryId, ...how }: DeliverWebhook): Promise<void> => {
  const found = await findDeliveryToMake(db(), deliveryId);
  if (found === null || found.delivery.state !== "queued") return;
  const reason = whyNot(found);
  if (reason !== null) {
    await giveDeliveryUp(db(), { deliveryId, reason });
    return;
  }
  await settle(found, await attempt(found, how));
};
