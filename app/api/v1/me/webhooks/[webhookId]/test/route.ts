import { otherMethods } from "#lib/web/other-methods.ts";
import { webhookParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";
import { testWebhook } from "#lib/webhooks/deliveries.ts";
import { deliverySchema } from "#lib/webhooks/dto.ts";

export const POST = route(
  {
    name: "webhooks.test",
    scope: "webhooks",
    summary: "Send a test event",
    description:
      "Sends one `ping` within moments, to a webhook that is off too. Ask for the delivery to learn what came of it. Ten a minute.",
    limit: "webhookTest",
    params,
    response: deliverySchema,
    status: 202,
  },
  ({ viewer, locale, params: { webhookId } }) => testWebhook({ viewer, locale, webhookId }),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
