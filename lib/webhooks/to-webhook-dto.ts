import type { DeliveryRow } from "#lib/db/queries/notifications/webhook-deliveries.ts";
import type { WebhookRow } from "#lib/db/queries/notifications/webhooks.ts";
import { defaultLocale, type Locale } from "#lib/i18n/locale.ts";
import { messages } from "#lib/i18n/messages.ts";
import { translator } from "#lib/i18n/translator.ts";
import type { DeliveryDto, WebhookDto } from "#lib/webhooks/dto.ts";

const isFault = (code: string): boolean => {
  const { webhooks } = messages[defaultLocale];
  const faults = typeof webhooks === "object" ? webhooks.faults : undefined;
  return typeof faults === "object" && Object.hasOwn(faults, code);
};

/** A stored reason with its words; a code of an older version is told as a broken connection. */
const faultText = (code: string | null, locale: Locale): { code: string; message: string } | null => {
  if (code === null) return null;
  const known = isFault(code) ? code : "connection";
  return { code: known, message: translator({ locale, namespace: "webhooks" })(`faults.${known}`) };
};

/** A webhook as its owner sees it, with reasons in `locale`. */
export const toWebhookDto = (row: WebhookRow, locale: Locale): WebhookDto => ({
  id: row.id,
  url: row.url,
  channelId: row.channelId,
  events: row.events,
  state: row.state,
  disabledReason: row.state === "disabled" ? faultText(row.disabledReason, locale) : null,
  failingSince: row.failingSince?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
});

/** A delivery as the webhook's owner sees it, with reasons in `locale`. */
export const toDeliveryDto = (row: DeliveryRow, locale: Locale): DeliveryDto => ({
  id: row.id,
  eventId: row.eventId,
  type: row.type,
  state: row.state,
  attempts: row.attempts,
  nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
  status: row.lastStatus,
  answer: row.lastAnswer,
  durationMs: row.lastDurationMs,
  error: faultText(row.lastError, locale),
  body: row.body,
  createdAt: row.createdAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
});
