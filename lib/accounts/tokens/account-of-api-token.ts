import { accountOfUser, statusRefusal } from "#lib/accounts/account-of-session.ts";
import { isScope, type Scope } from "#lib/accounts/scopes.ts";
import { apiTokenPrefix, secretHash } from "#lib/accounts/tokens/secret-token.ts";
import type { Account } from "#lib/accounts/viewer.ts";
import { db } from "#lib/db/client.ts";
import { findApiToken, touchApiToken } from "#lib/db/queries/accounts/api-tokens.ts";
import { AppError } from "#lib/errors.ts";

/** Whether a Bearer token gives itself out as an API token. */
export const looksLikeApiToken = (token: string): boolean => token.startsWith(apiTokenPrefix);

/** An admin's token is an admin's only as far as its scopes say; otherwise it works on its owner's own things alone. */
const withinScopes = (account: Account, { scopes, writes }: { scopes: readonly Scope[]; writes: boolean }): Account => {
  if (account.role !== "admin" || scopes.includes("admin:write")) return account;
  return !writes && scopes.includes("admin:read") ? account : { ...account, role: "creator" };
};

/**
 * The owner of an API token and what it may do. Writes its use down, at most once a minute. Throws `unauthenticated` for
 * one that is unknown, revoked or expired, and when its owner may not come in.
 */
export const accountOfApiToken = async ({
  token,
  address,
  writes,
}: {
  token: string;
  address: string;
  /** Whether it is used to change something. */
  writes: boolean;
}): Promise<{ account: Account; tokenId: string; scopes: Scope[] }> => {
  const found = await findApiToken(db(), secretHash(token));
  if (found === null) {
    throw new AppError("unauthenticated", {
      message: "The API token is not valid (any more).",
      hint: "Make a new one in your settings.",
    });
  }
  const { id: tokenId, user } = found;
  if (user.status !== "active") throw statusRefusal(user.status);
  if (found.isDueForWriting) await touchApiToken(db(), { tokenId, address });
  const scopes = found.scopes.filter(isScope);
  return { account: withinScopes(accountOfUser(user), { scopes, writes }), tokenId, scopes };
};
