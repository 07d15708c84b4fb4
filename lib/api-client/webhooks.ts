import { apiRequest } from "#lib/api-client/request.ts";
import type { DeliveryDto, DeliveryPageDto, WebhookDto, WebhookWithSecretDto } from "#lib/webhooks/dto.ts";

type Of = { webhookId: string };
type OfDelivery = Of & { deliveryId: string };
const pathOf = ({ webhookId }: Of, rest = "") => `/me/webhooks/${webhookId}${rest}`;

/** Makes a webhook; the answer is the only one that holds its secret. Throws `ApiError` with `fields`. */
export const createWebhook = (webhook: {
  url: string;
  events: readonly string[];
  channelId: string | null;
}): Promise<WebhookWithSecretDto> => apiRequest({ path: "/me/webhooks", method: "POST", body: webhook });

/** Changes a webhook, or switches it off and on. Throws `ApiError` with `fields`. */
export const patchWebhook = ({
  webhookId,
  patch,
}: Of & {
  patch: { url?: string; events?: readonly string[]; state?: WebhookDto["state"] };
}): Promise<WebhookDto> => apiRequest({ path: pathOf({ webhookId }), method: "PATCH", body: patch });

/** Takes a webhook away. */
export const deleteWebhook = (webhook: Of): Promise<void> => apiRequest({ path: pathOf(webhook), method: "DELETE" });

/** Gives a webhook a new secret; the old one is void. */
export const renewWebhookSecret = (webhook: Of): Promise<WebhookWithSecretDto> =>
  apiRequest({ path: pathOf(webhook, "/secret"), method: "POST" });

/** Sends a test event; the delivery tells later what came of it. */
export const testWebhook = (webhook: Of): Promise<DeliveryDto> =>
  apiRequest({ path: pathOf(webhook, "/test"), method: "POST" });

/** A page of a webhook's deliveries, newest first. */
export const fetchDeliveries = ({
  webhookId,
  cursor,
  signal,
}: Of & { cursor?: string | undefined; signal?: AbortSignal }): Promise<DeliveryPageDto> =>
  apiRequest({ path: pathOf({ webhookId }, "/deliveries"), query: { cursor, limit: 20 }, signal });

/** One delivery. */
export const fetchDelivery = ({
  webhookId,
  deliveryId,
  signal,
}: OfDelivery & { signal?: AbortSignal }): Promise<DeliveryDto> =>
  apiRequest({ path: pathOf({ webhookId }, `/deliveries/${deliveryId}`), signal });

/** Sends an event again. */
export const replayDelivery = ({ webhookId, deliveryId }: OfDelivery): Promise<DeliveryDto> =>
  apiRequest({ path: pathOf({ webhookId }, `/deliveries/${deliveryId}/replay`), method: "POST" });
