import { otherMethods } from "#lib/web/other-methods.ts";
import { deliveryParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";
import { getDelivery } from "#lib/webhooks/deliveries.ts";
import { deliverySchema } from "#lib/webhooks/dto.ts";

export const GET = route(
  {
    name: "webhooks.delivery",
    scope: "webhooks",
    summary: "One delivery",
    description:
      "What was sent, signed as it was, how many attempts there were, when the next one comes, and what the receiver answered last (the first kilobyte) and how fast. Kept for 30 days.",
    params,
    response: deliverySchema,
  },
  ({ viewer, locale, params: ids }) => getDelivery({ viewer, locale, ...ids }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
