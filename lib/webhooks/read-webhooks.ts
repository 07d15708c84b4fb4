import type { Viewer } from "#lib/accounts/viewer.ts";
import { db } from "#lib/db/client.ts";
import { listChannelsOfWebhookOwner, listWebhookRows } from "#lib/db/queries/notifications/webhooks.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { type WebhookDto, type WebhookListDto, webhookEventTypes } from "#lib/webhooks/dto.ts";
import { requireAccount, requireOwnWebhook } from "#lib/webhooks/policy.ts";
import { toWebhookDto } from "#lib/webhooks/to-webhook-dto.ts";

type Asked = { viewer: Viewer; locale: Locale };

/** The caller's webhooks, newest first, and what a new one can be made of. Throws `unauthenticated`. */
export const listWebhooks = async ({ viewer, locale }: Asked): Promise<WebhookListDto> => {
  const { id } = requireAccount(viewer);
  const [rows, channels] = await Promise.all([listWebhookRows(db(), id), listChannelsOfWebhookOwner(db(), id)]);
  return { items: rows.map((row) => toWebhookDto(row, locale)), eventTypes: [...webhookEventTypes], channels };
};

/** One webhook of the caller's. Throws `unauthenticated` and `not_found`. */
export const getWebhook = async ({ viewer, webhookId, locale }: Asked & { webhookId: string }): Promise<WebhookDto> =>
  toWebhookDto(await requireOwnWebhook(db(), { viewer, webhookId }), locale);
