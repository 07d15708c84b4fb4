import { otherMethods } from "#lib/web/other-methods.ts";
import { webhookParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";
import { webhookWithSecretSchema } from "#lib/webhooks/dto.ts";
import { renewWebhookSecret } from "#lib/webhooks/edit-webhook.ts";

export const POST = route(
  {
    name: "webhooks.renew_secret",
    scope: "webhooks",
    summary: "New secret for a webhook",
    description:
      "For a secret that got out. The answer alone holds the new one; what is sent from then on is signed with it, the old one is void at once.",
    params,
    response: webhookWithSecretSchema,
  },
  ({ viewer, locale, params: { webhookId } }) => renewWebhookSecret({ viewer, locale, webhookId }),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
