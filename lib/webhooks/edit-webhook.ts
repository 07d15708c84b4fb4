import type { Viewer } from "#lib/accounts/viewer.ts";
import { type Tx, transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { updateWebhook, type WebhookRow } from "#lib/db/queries/notifications/webhooks.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import type { WebhookDto, WebhookPatch, WebhookWithSecretDto } from "#lib/webhooks/dto.ts";
import { requireOwnWebhook } from "#lib/webhooks/policy.ts";
import { requireTarget } from "#lib/webhooks/require-target.ts";
import { makeWebhookSecret } from "#lib/webhooks/secret.ts";
import { toWebhookDto } from "#lib/webhooks/to-webhook-dto.ts";

type Change = Parameters<typeof updateWebhook>[1]["changes"];
type Asked = { viewer: Viewer; webhookId: string };

const store = async (
  tx: Tx,
  { webhook, action, changes, details }: { webhook: WebhookRow; action: string; changes: Change; details: object },
): Promise<WebhookRow> => {
  const changed = await updateWebhook(tx, { webhookId: webhook.id, changes });
  if (changed === null) throw new AppError("not_found");
  const target = { targetType: "webhook", targetId: webhook.id };
  await recordAudit(tx, { actorId: webhook.ownerId, action, ...target, details: { ...details } });
  return changed;
};

const changesOf = ({ url, events, state }: WebhookPatch): Change => {
  const fresh = { failingSince: null, disabledReason: null };
  return {
    ...(events === undefined ? {} : { events }),
    // Another receiver or another try: what failed before says nothing about it.
    ...(url === undefined ? {} : { url: requireTarget(url), failingSince: null }),
    ...(state === undefined ? {} : { state, ...fresh }),
  };
};

/**
 * Changes a webhook's address or events, or switches it off or on again. What waits for one that is off ends as failed and
 * can be replayed. Throws `unauthenticated`, `not_found`, `invalid_input`.
 */
export const editWebhook = ({
  viewer,
  webhookId,
  patch,
  locale,
}: Asked & { patch: WebhookPatch; locale: Locale }): Promise<WebhookDto> =>
  transaction(async (tx) => {
    const webhook = await requireOwnWebhook(tx, { viewer, webhookId, lock: true });
    const { url, ...shown } = patch;
    const details = url === undefined ? shown : { ...shown, host: new URL(requireTarget(url)).host };
    const changed = await store(tx, { webhook, action: "webhook.edit", changes: changesOf(patch), details });
    return toWebhookDto(changed, locale);
  });

/** Gives a webhook a new secret, which this answer alone holds; the old one is void at once. Throws like `editWebhook`. */
export const renewWebhookSecret = ({
  viewer,
  webhookId,
  locale,
}: Asked & { locale: Locale }): Promise<WebhookWithSecretDto> =>
  transaction(async (tx) => {
    const webhook = await requireOwnWebhook(tx, { viewer, webhookId, lock: true });
    const { secret, sealedSecret } = makeWebhookSecret(webhookId);
    const changed = await store(tx, { webhook, action: "webhook.secret", changes: { sealedSecret }, details: {} });
    return { ...toWebhookDto(changed, locale), secret };
  });

/** Takes a webhook away; what still waits for it is not sent. Throws `unauthenticated` and `not_found`. */
export const deleteWebhook = ({ viewer, webhookId }: Asked): Promise<void> =>
  transaction(async (tx) => {
    const webhook = await requireOwnWebhook(tx, { viewer, webhookId, lock: true });
    const details = { host: new URL(webhook.url).host };
    await store(tx, { webhook, action: "webhook.delete", changes: { deletedAt: new Date() }, details });
  });
