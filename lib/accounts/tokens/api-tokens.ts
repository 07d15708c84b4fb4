import type { ApiTokenDto, MadeApiTokenDto, NewApiToken } from "#lib/accounts/dto.ts";
import { isScope } from "#lib/accounts/scopes.ts";
import { apiTokenPrefix, makeSecret, secretHash } from "#lib/accounts/tokens/secret-token.ts";
import type { Account, Viewer } from "#lib/accounts/viewer.ts";
import { db, type Tx, transaction } from "#lib/db/client.ts";
import { notifyAccessChange } from "#lib/db/queries/accounts/access-changes.ts";
import {
  type ApiTokenRow,
  countApiTokens,
  insertApiToken,
  listApiTokenRows,
  revokeApiTokenRow,
} from "#lib/db/queries/accounts/api-tokens.ts";
import { findSession } from "#lib/db/queries/accounts/sessions.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { AppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";

const mostTokens = 100;
/** Of the secret itself: enough to tell tokens apart, too little to guess one. */
const shownLetters = 4;
const daySeconds = 24 * 3600;

const requireAccount = (viewer: Viewer): Account => {
  if (viewer === null) throw new AppError("unauthenticated");
  return viewer;
};

const toApiTokenDto = (row: ApiTokenRow): ApiTokenDto => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  scopes: row.scopes.filter(isScope),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  lastUsedAddress: row.lastUsedAddress,
  createdAt: row.createdAt.toISOString(),
});

/** The caller's API tokens that were not revoked, newest first. Throws `unauthenticated`. */
export const listApiTokens = async (viewer: Viewer): Promise<{ items: ApiTokenDto[] }> => ({
  items: (await listApiTokenRows(db(), requireAccount(viewer).id)).map(toApiTokenDto),
});

/** A session that was ended while its request waited must not leave a token behind: it would outlive what ended it. */
const requireHoldingSession = async (tx: Tx, sessionId: string): Promise<void> => {
  const found = await findSession(tx, sessionId);
  if (found === null || !found.session.holds || found.user.status !== "active") throw new AppError("unauthenticated");
};

/**
 * Makes an API token; the answer is the only one that holds the token itself. Throws `unauthenticated`, `forbidden` for
 * admins' scopes to anybody else, and `conflict` when there are a hundred.
 */
export const makeApiToken = ({
  viewer,
  sessionId,
  token,
}: {
  viewer: Viewer;
  /** The session that asks; null when none does. */
  sessionId: string | null;
  token: NewApiToken;
}): Promise<MadeApiTokenDto> =>
  transaction(async (tx) => {
    const { id: userId, role } = requireAccount(viewer);
    const { name, scopes, expiresInDays } = token;
    if (role !== "admin" && scopes.some((scope) => scope.startsWith("admin:"))) {
      throw new AppError("forbidden", { hint: "Scopes that begin with admin: are for admins." });
    }
    if ((await countApiTokens(tx, userId)) >= mostTokens) {
      throw new AppError("conflict", { message: `There are ${mostTokens} tokens already.`, hint: "Revoke one first." });
    }
    // After the count, which waits for whoever is just ending this account's sessions.
    if (sessionId !== null) await requireHoldingSession(tx, sessionId);
    const secret = makeSecret(apiTokenPrefix);
    const row = await insertApiToken(tx, {
      id: newId(),
      userId,
      name,
      prefix: secret.slice(0, apiTokenPrefix.length + shownLetters),
      tokenHash: secretHash(secret),
      scopes,
      lifeSeconds: expiresInDays === null ? null : expiresInDays * daySeconds,
    });
    if (row === null) throw new AppError("internal");
    await recordAudit(tx, {
      actorId: userId,
      action: "api_token.create",
      targetType: "api_token",
      targetId: row.id,
      details: { name, scopes, expiresInDays },
    });
    return { ...toApiTokenDto(row), token: secret };
  });

/** Revokes one of the caller's API tokens at once. Throws `unauthenticated` and `not_found`. */
export const revokeApiToken = ({ viewer, tokenId }: { viewer: Viewer; tokenId: string }): Promise<void> =>
  transaction(async (tx) => {
    const { id: userId } = requireAccount(viewer);
    if (!(await revokeApiTokenRow(tx, { tokenId, userId }))) throw new AppError("not_found");
    await notifyAccessChange(tx, userId);
    await recordAudit(tx, {
      actorId: userId,
      action: "api_token.revoke",
      targetType: "api_token",
      targetId: tokenId,
      details: {},
    });
  });
