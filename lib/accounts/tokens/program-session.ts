import { issueAccessToken } from "#lib/accounts/access-token.ts";
import { accountOfUser } from "#lib/accounts/account-of-session.ts";
import type { TokenPairDto } from "#lib/accounts/dto.ts";
import { endSession, logOut } from "#lib/accounts/sessions/end-sessions.ts";
import { programLife } from "#lib/accounts/sessions/session-life.ts";
import { type Client, startSession } from "#lib/accounts/sessions/start-session.ts";
import { currentSigningKey } from "#lib/accounts/signing-keys.ts";
import { makeSecret, refreshTokenPrefix, secretHash } from "#lib/accounts/tokens/secret-token.ts";
import type { Verified } from "#lib/accounts/verify-credentials.ts";
import { type Tx, transaction } from "#lib/db/client.ts";
import {
  findSessionOfRefreshToken,
  insertRefreshToken,
  lockRefreshToken,
  markRefreshTokenUsed,
} from "#lib/db/queries/accounts/refresh-tokens.ts";
import { prolongSession } from "#lib/db/queries/accounts/sessions.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { AppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";

/** A refresh token that was written, and all that its access token is made of. */
type Granted = { refreshToken: string; sessionId: string; verified: Verified };

const grant = async (tx: Tx, session: Omit<Granted, "refreshToken">): Promise<Granted> => {
  const refreshToken = makeSecret(refreshTokenPrefix);
  await insertRefreshToken(tx, {
    id: newId(),
    sessionId: session.sessionId,
    tokenHash: secretHash(refreshToken),
    lifeSeconds: programLife.idleSeconds,
  });
  return { ...session, refreshToken };
};

/** Signs outside the transaction: reading the key takes another connection, and who holds one must not wait for one. */
const signed = async ({ refreshToken, sessionId, verified }: Granted): Promise<TokenPairDto> => ({
  ...(await issueAccessToken({ ...verified, sessionId })),
  refreshToken,
});

/** Opens a program's session: an access token and the first of its refresh tokens. Throws what `startSession` throws. */
export const openProgramSession = async ({
  verified,
  client,
}: {
  verified: Verified;
  client: Client;
}): Promise<TokenPairDto> =>
  signed(
    await transaction(async (tx) => {
      const { sessionId } = await startSession({ verified, kind: "program", client }, tx);
      return grant(tx, { sessionId, verified });
    }),
  );

const refused = (reason: string) =>
  new AppError("unauthenticated", {
    message: "The refresh token is not valid (any more).",
    hint: "Sign in again with POST /api/v1/auth/token.",
    context: { reason },
  });

/** Somebody else holds the token too. It is not known which of the two is the owner, so that both have to sign in. */
const endReused = async (
  tx: Tx,
  { sessionId, userId, address }: Record<"sessionId" | "userId" | "address", string>,
) => {
  await endSession(tx, { sessionId, reason: "reuse" });
  await recordAudit(tx, {
    actorId: null,
    action: "session.refresh_reuse",
    targetType: "user",
    targetId: userId,
    details: { sessionId, address },
  });
};

const rotate = (refreshToken: string, address: string): Promise<Granted | AppError> =>
  transaction(async (tx) => {
    const found = await lockRefreshToken(tx, secretHash(refreshToken));
    if (found === null) return refused("unknown");
    const { sessionId, user } = found;
    if (found.used) {
      await endReused(tx, { sessionId, userId: user.id, address });
      return refused("used before");
    }
    if (found.expired || user.status !== "active") return refused(found.expired ? "expired" : user.status);
    if (!(await prolongSession(tx, { sessionId, address, life: programLife }))) return refused("session ended");
    await markRefreshTokenUsed(tx, found.id);
    return grant(tx, {
      sessionId,
      verified: { account: accountOfUser(user), sessionVersion: user.sessionVersion },
    });
  });

/**
 * Changes a refresh token for a new pair. Each is good once: using one again, even because an answer was lost, ends its
 * whole session. A session lasts thirty days after its last refresh, ninety at most. Throws `unauthenticated`.
 */
export const refreshSession = async ({
  refreshToken,
  address,
}: {
  refreshToken: string;
  address: string;
}): Promise<TokenPairDto> => {
  // Before the token is used up: without a key there is no answer, and another try would look like somebody else's.
  await currentSigningKey();
  // The refusal leaves the transaction as a value: thrown inside, it would take the session's end back.
  const answer = await rotate(refreshToken, address);
  if (answer instanceof AppError) throw answer;
  return signed(answer);
};

/** Ends the session of a refresh token, good or not; nothing happens for one that is unknown. */
export const logOutByRefreshToken = async (refreshToken: string): Promise<void> => {
  const sessionId = await transaction((tx) => findSessionOfRefreshToken(tx, secretHash(refreshToken)));
  if (sessionId !== null) await logOut(sessionId);
};
