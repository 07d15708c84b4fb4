import { otherMethods } from "#lib/web/other-methods.ts";
import { deliveryParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";
import { replayDelivery } from "#lib/webhooks/deliveries.ts";
import { deliverySchema } from "#lib/webhooks/dto.ts";

export const POST = route(
  {
    name: "webhooks.replay",
    scope: "webhooks",
    summary: "Send an event again",
    description: "The same event id and body with a new signature, and as many attempts as the first time.",
    errors: ["conflict"],
    params,
    response: deliverySchema,
    status: 202,
  },
  ({ viewer, locale, params: ids }) => replayDelivery({ viewer, locale, ...ids }),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
