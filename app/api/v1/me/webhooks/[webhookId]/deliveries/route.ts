import { z } from "zod";
import { otherMethods } from "#lib/web/other-methods.ts";
import { webhookParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";
import { listDeliveries } from "#lib/webhooks/deliveries.ts";
import { deliveryPageSchema } from "#lib/webhooks/dto.ts";

const query = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
});

export const GET = route(
  {
    name: "webhooks.deliveries",
    scope: "webhooks",
    summary: "What was sent to a webhook, newest first",
    description: "Each with its state, attempts and what the receiver answered; kept for 30 days. Pages as all lists.",
    params,
    query,
    response: deliveryPageSchema,
  },
  ({ viewer, locale, params: { webhookId }, query: { cursor, limit } }) =>
    listDeliveries({ viewer, locale, webhookId, cursor, limit }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
