import { otherMethods } from "#lib/web/other-methods.ts";
import { deliveryParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";
import { getDelivery } from "#lib/webhooks/deliveries.ts";
import { deliverySchema } from "#lib/webhooks/dto.ts";

export const GET = route(
  { name: "webhooks.delivery", scope: "webhooks", summary: "One delivery", params, response: deliverySchema },
  ({ viewer, locale, params: ids }) => getDelivery({ viewer, locale, ...ids }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
