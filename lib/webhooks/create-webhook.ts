import type { Viewer } from "#lib/accounts/viewer.ts";
import { transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { countWebhooksLocked, insertWebhook, isChannelOwner } from "#lib/db/queries/notifications/webhooks.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { newId } from "#lib/ids.ts";
import type { NewWebhook, WebhookWithSecretDto } from "#lib/webhooks/dto.ts";
import { requireAccount } from "#lib/webhooks/policy.ts";
import { requireTarget } from "#lib/webhooks/require-target.ts";
import { makeWebhookSecret } from "#lib/webhooks/secret.ts";
import { toWebhookDto } from "#lib/webhooks/to-webhook-dto.ts";

/** Webhooks of one account; each event may become a delivery to every one of them. */
const maxPerAccount = 20;

/**
 * Makes a webhook of the account or of a channel that it owns. The answer is the only one that holds the secret. Throws
 * `unauthenticated`, `invalid_input` for an address that may not be called, `not_found` for a channel that is not the
 * caller's, and `conflict` beyond twenty.
 */
export const createWebhook = ({
  viewer,
  webhook,
  locale,
}: {
  viewer: Viewer;
  webhook: NewWebhook;
  locale: Locale;
}): Promise<WebhookWithSecretDto> =>
  transaction(async (tx) => {
    const account = requireAccount(viewer);
    const url = requireTarget(webhook.url);
    const { channelId, events } = webhook;
    if (channelId !== null && !(await isChannelOwner(tx, { channelId, userId: account.id }))) {
      throw new AppError("not_found", { fields: { channelId: "webhook_channel" } });
    }
    if ((await countWebhooksLocked(tx, account.id)) >= maxPerAccount) {
      throw new AppError("conflict", {
        message: `An account has at most ${maxPerAccount} webhooks.`,
        hint: "Delete one that is not used.",
      });
    }
    const id = newId();
    const { secret, sealedSecret } = makeWebhookSecret(id);
    const made = await insertWebhook(tx, { id, ownerId: account.id, channelId, url, events, sealedSecret });
    await recordAudit(tx, {
      actorId: account.id,
      action: "webhook.create",
      targetType: "webhook",
      targetId: id,
      // Only the host: people put secrets into addresses.
      details: { host: new URL(url).host, events, channelId },
    });
    return { ...toWebhookDto(made, locale), secret };
  });
