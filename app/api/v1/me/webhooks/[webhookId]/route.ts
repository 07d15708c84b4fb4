import { otherMethods } from "#lib/web/other-methods.ts";
import { webhookParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";
import { webhookPatchSchema, webhookSchema } from "#lib/webhooks/dto.ts";
import { deleteWebhook, editWebhook } from "#lib/webhooks/edit-webhook.ts";
import { getWebhook } from "#lib/webhooks/read-webhooks.ts";

export const GET = route(
  {
    name: "webhooks.get",
    scope: "webhooks",
    summary: "One webhook of the caller's",
    description:
      "Its address, events and state, and why it was switched off if deliveries failed too long. Without its secret. `not_found` for somebody else's.",
    params,
    response: webhookSchema,
  },
  ({ viewer, locale, params: { webhookId } }) => getWebhook({ viewer, locale, webhookId }),
);

export const PATCH = route(
  {
    name: "webhooks.edit",
    scope: "webhooks",
    summary: "Change a webhook, or switch it off and on",
    description:
      "Only what is sent is changed; addresses that are not public are refused with `invalid_input`. What waits for one that is switched off ends as failed and can be replayed.",
    params,
    body: webhookPatchSchema,
    response: webhookSchema,
  },
  ({ viewer, locale, params: { webhookId }, body: patch }) => editWebhook({ viewer, locale, webhookId, patch }),
);

export const DELETE = route(
  {
    name: "webhooks.delete",
    scope: "webhooks",
    summary: "Delete a webhook",
    description: "Nothing more is sent, neither what happens from now on nor what still waits for another attempt.",
    params,
  },
  ({ viewer, params: { webhookId } }) => deleteWebhook({ viewer, webhookId }),
);

export const { POST, PUT, OPTIONS } = otherMethods("GET", "PATCH", "DELETE");
