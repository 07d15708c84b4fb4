import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";
import { createWebhook } from "#lib/webhooks/create-webhook.ts";
import { newWebhookSchema, webhookListSchema, webhookWithSecretSchema } from "#lib/webhooks/dto.ts";
import { listWebhooks } from "#lib/webhooks/read-webhooks.ts";

export const GET = route(
  {
    name: "webhooks.list",
    scope: "webhooks",
    summary: "The caller's webhooks, and what a new one can be made of",
    description:
      "Of your account and of channels that you own, newest first, all at once; besides the types of events and the channels from which a new one can be made. Secrets are not told again.",
    response: webhookListSchema,
  },
  ({ viewer, locale }) => listWebhooks({ viewer, locale }),
);

export const POST = route(
  {
    name: "webhooks.create",
    scope: "webhooks",
    summary: "New webhook",
    description:
      "Of the account, or with `channelId` of a channel that it owns. The answer is the only one that holds the secret. An account has at most 20.",
    errors: ["not_found", "conflict"],
    body: newWebhookSchema,
    response: webhookWithSecretSchema,
    status: 201,
  },
  ({ viewer, locale, body: webhook }) => createWebhook({ viewer, webhook, locale }),
);

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET", "POST");
