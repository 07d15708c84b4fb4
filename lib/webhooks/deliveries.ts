import { z } from "zod";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { db, type Tx, transaction } from "#lib/db/client.ts";
import {
  type DeliveryRow,
  findDelivery,
  insertDeliveries,
  listDeliveryRows,
  restartDelivery,
} from "#lib/db/queries/notifications/webhook-deliveries.ts";
import type { WebhookRow } from "#lib/db/queries/notifications/webhooks.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { idSchema, newId } from "#lib/ids.ts";
import { pingType } from "#lib/webhooks/deliver-webhook.ts";
import { eventBody } from "#lib/webhooks/delivery-body.ts";
import { enqueueDelivery } from "#lib/webhooks/delivery-job.ts";
import type { DeliveryDto, DeliveryPageDto } from "#lib/webhooks/dto.ts";
import { requireOwnWebhook } from "#lib/webhooks/policy.ts";
import { toDeliveryDto } from "#lib/webhooks/to-webhook-dto.ts";

type Asked = { viewer: Viewer; webhookId: string; locale: Locale };

const cursorSchema = z
  .string()
  .transform((text) => Buffer.from(text, "base64url").toString("latin1"))
  .pipe(idSchema);

const decodeCursor = (cursor: string): string => {
  const parsed = cursorSchema.safeParse(cursor);
  if (parsed.success) return parsed.data;
  throw new AppError("invalid_input", { fields: { cursor: "cursor_unknown" }, cause: parsed.error });
};

/** A webhook's deliveries of the last thirty days, newest first. Throws `unauthenticated`, `not_found`, `invalid_input`. */
export const listDeliveries = async ({
  viewer,
  webhookId,
  locale,
  cursor,
  limit = 20,
}: Asked & { cursor?: string | undefined; limit?: number | undefined }): Promise<DeliveryPageDto> => {
  await requireOwnWebhook(db(), { viewer, webhookId });
  const after = cursor === undefined ? null : decodeCursor(cursor);
  const rows = await listDeliveryRows(db(), { webhookId, after, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const more = rows.length > limit && last !== undefined;
  return {
    items: page.map((row) => toDeliveryDto(row, locale)),
    nextCursor: more ? Buffer.from(last.id, "latin1").toString("base64url") : null,
  };
};

/** One delivery. Throws `unauthenticated` and `not_found`. */
export const getDelivery = async ({
  viewer,
  webhookId,
  deliveryId,
  locale,
}: Asked & { deliveryId: string }): Promise<DeliveryDto> => {
  await requireOwnWebhook(db(), { viewer, webhookId });
  const row = await findDelivery(db(), { webhookId, deliveryId });
  if (row === null) throw new AppError("not_found");
  return toDeliveryDto(row, locale);
};

/** Queues a test event, which is sent once, to a webhook that is off too. */
const queuePing = async (tx: Tx, webhook: WebhookRow): Promise<string> => {
  const now = new Date();
  const event = { id: newId(), type: pingType, createdAt: now, data: { webhookId: webhook.id } };
  const deliveryId = newId();
  await insertDeliveries(tx, [
    {
      ...{ id: deliveryId, webhookId: webhook.id, eventId: event.id, type: pingType },
      ...{ body: eventBody(event), nextAttemptAt: now },
    },
  ]);
  await enqueueDelivery(tx, { deliveryId, webhookId: webhook.id, failing: false });
  return deliveryId;
};

const requireDelivery = async (tx: Tx, asked: { webhookId: string; deliveryId: string }): Promise<DeliveryRow> => {
  const row = await findDelivery(tx, { ...asked, lock: true });
  if (row === null) throw new AppError("not_found");
  return row;
};

/** Sends a test event (`ping`) within moments; the delivery tells what came of it. Throws `unauthenticated`, `not_found`. */
export const testWebhook = ({ viewer, webhookId, locale }: Asked): Promise<DeliveryDto> =>
  transaction(async (tx) => {
    const webhook = await requireOwnWebhook(tx, { viewer, webhookId });
    const deliveryId = await queuePing(tx, webhook);
    return toDeliveryDto(await requireDelivery(tx, { webhookId, deliveryId }), locale);
  });

/**
 * Sends an event again: same id, same body, a new signature, and as many attempts as the first time. Throws
 * `unauthenticated`, `not_found`, and `conflict` for one that is still on its way or whose webhook is off.
 */
export const replayDelivery = ({
  viewer,
  webhookId,
  deliveryId,
  locale,
}: Asked & { deliveryId: string }): Promise<DeliveryDto> =>
  transaction(async (tx) => {
    const webhook = await requireOwnWebhook(tx, { viewer, webhookId });
    const { type } = await requireDelivery(tx, { webhookId, deliveryId });
    if (webhook.state !== "active" && type !== pingType) {
      throw new AppError("conflict", { message: "This webhook is off.", hint: "Switch it on first." });
    }
    const row = await restartDelivery(tx, { deliveryId, now: new Date() });
    if (row === null) throw new AppError("conflict", { message: "This delivery is still on its way." });
    await enqueueDelivery(tx, { deliveryId, webhookId, failing: webhook.failingSince !== null });
    return toDeliveryDto(row, locale);
  });
