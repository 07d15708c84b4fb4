import { connect } from "#lib/accounts/external/admit.ts";
import type { ConnectionDto, ConnectionListDto } from "#lib/accounts/external/dto.ts";
import type { ExternalIdentity } from "#lib/accounts/external/identity.ts";
import { configuredServices, describeProvider, providerOf } from "#lib/accounts/external/services.ts";
import { tellOfConnection } from "#lib/accounts/external/tell-of-connection.ts";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { db, transaction, uniqueViolation } from "#lib/db/client.ts";
import {
  deleteOAuthAccount,
  findOAuthAccount,
  listOAuthAccounts,
  type OAuthAccountRow,
} from "#lib/db/queries/accounts/oauth-accounts.ts";
import { findUser, lockUser } from "#lib/db/queries/accounts/users.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";

const toConnectionDto = ({ id, provider, email, createdAt, lastUsedAt }: OAuthAccountRow): ConnectionDto => ({
  ...{ id, email, ...describeProvider(provider) },
  connectedAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
});

/** By which services the caller can sign in, and by which they could. Throws `unauthenticated`. */
export const listConnections = async (viewer: Viewer): Promise<ConnectionListDto> => {
  const user = viewer === null ? null : await findUser(db(), viewer.id);
  if (user === null) throw new AppError("unauthenticated");
  const rows = await listOAuthAccounts(db(), user.id);
  const connected = new Set(rows.map(({ provider }) => provider));
  return {
    items: rows.map(toConnectionDto),
    available: configuredServices().filter(({ id }) => !connected.has(providerOf(id))),
    hasPassword: user.passwordHash !== null,
  };
};

/**
 * Connects a log-in at another service with an account whose owner has just proven to be there. `taken` when it opens
 * another account already, `connected` also when it opened this one before. A mail in the account's language, or in `locale`,
 * tells of a new one.
 */
export const connectExternal = async ({
  userId,
  identity,
  address,
  locale,
}: {
  userId: string;
  identity: ExternalIdentity;
  address: string;
  locale: Locale;
}): Promise<"connected" | "taken"> => {
  try {
    return await transaction(async (tx) => {
      const user = await lockUser(tx, userId);
      if (user === null || user.status !== "active") throw new AppError("unauthenticated");
      const known = await findOAuthAccount(tx, identity);
      if (known !== null) return known.userId === userId ? "connected" : "taken";
      await connect(tx, { userId, identity, address });
      await tellOfConnection(tx, { user, provider: identity.provider, change: "connected", locale });
      return "connected";
    });
  } catch (error) {
    if (uniqueViolation(error) !== "oauth_accounts_provider_subject_key") throw error;
    return "taken";
  }
};

/**
 * Takes a service away from the caller's account; a mail tells of it. Throws `unauthenticated`, `not_found`, and `conflict` when nothing would
 * be left to sign in with.
 */
export const disconnectExternal = ({
  viewer,
  connectionId,
  address,
  locale,
}: {
  viewer: Viewer;
  connectionId: string;
  address: string;
  locale: Locale;
}): Promise<void> =>
  transaction(async (tx) => {
    // The account's row is held, so that two of these cannot take away the last two at once.
    const user = viewer === null ? null : await lockUser(tx, viewer.id);
    if (user === null) throw new AppError("unauthenticated");
    const rows = await listOAuthAccounts(tx, user.id);
    const row = rows.find(({ id }) => id === connectionId);
    if (row === undefined) throw new AppError("not_found");
    const usable = rows.filter(
      ({ id, provider }) => id !== connectionId && describeProvider(provider).service !== null,
    );
    if (user.passwordHash === null && usable.length === 0) {
      throw new AppError("conflict", {
        message: "This is the last way to sign in to your account.",
        hint: "Choose a password first: sign out, and say that you forgot it.",
      });
    }
    await deleteOAuthAccount(tx, { id: connectionId, userId: user.id });
    await recordAudit(tx, {
      ...{ actorId: user.id, action: "account.disconnect", targetType: "user", targetId: user.id, address },
      details: { provider: row.provider },
    });
    await tellOfConnection(tx, { user, provider: row.provider, change: "disconnected", locale });
  });
