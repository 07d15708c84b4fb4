import { keepSigningKeys } from "#lib/accounts/signing-keys.ts";
import { db } from "#lib/db/client.ts";
import { deleteOldEmailTokens } from "#lib/db/queries/accounts/email-tokens.ts";
import { deleteExpiredRefreshTokens } from "#lib/db/queries/accounts/refresh-tokens.ts";
import { deleteOldSessions } from "#lib/db/queries/accounts/sessions.ts";
import { log } from "#lib/log.ts";

/** How long the row of a session, or of a mail's secret, stays after its end, for whoever looks into what happened. */
const keepEndedSeconds = 30 * 24 * 3600;

/**
 * Upkeep: rotates a signing key of 90 days, removes sessions and mails' secrets that ended a month ago, and
 * refresh tokens that expired.
 */
export const keepAccounts = async (): Promise<void> => {
  await keepSigningKeys();
  await deleteExpiredRefreshTokens(db());
  await deleteOldEmailTokens(db(), keepEndedSeconds);
  const removed = await deleteOldSessions(db(), keepEndedSeconds);
  if (removed > 0) log().info({ "event.action": "sessions.removed", removed }, "removed sessions that ended long ago");
};
