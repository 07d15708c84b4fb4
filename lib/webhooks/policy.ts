import type { Account, Viewer } from "#lib/accounts/viewer.ts";
import type { DbOrTx } from "#lib/db/client.ts";
import { findWebhook, type WebhookRow } from "#lib/db/queries/notifications/webhooks.ts";
import { AppError } from "#lib/errors.ts";

/** The caller. Throws `unauthenticated` for nobody. */
export const requireAccount = (viewer: Viewer): Account => {
  if (viewer === null) throw new AppError("unauthenticated");
  return viewer;
};

/**
 * A webhook of the caller's own; nobody else, admins neither, sees it or its log, which may hold what only its owner may
 * see. Throws `unauthenticated` and `not_found`. `lock` keeps it as it is until the transaction ends.
 */
export const requireOwnWebhook = async (
  tx: DbOrTx,
  { viewer, webhookId, lock = false }: { viewer: Viewer; webhookId: string; lock?: boolean },
): Promise<WebhookRow> => {
  const account = requireAccount(viewer);
  const webhook = await findWebhook(tx, { webhookId, lock });
  if (webhook === null || webhook.ownerId !== account.id) throw new AppError("not_found");
  return webhook;
};
