import type { OwnershipProof } from "#lib/accounts/external/dto.ts";
import { verifyPassword } from "#lib/accounts/password-hash.ts";
import { hasSecondFactor, passSecondFactor } from "#lib/accounts/second-factor/check-code.ts";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { db } from "#lib/db/client.ts";
import { findSession } from "#lib/db/queries/accounts/sessions.ts";
import { findUser, type UserRow } from "#lib/db/queries/accounts/users.ts";
import { AppError } from "#lib/errors.ts";

/** For how long after signing in a session shows by itself that its owner is there. */
const freshMs = 10 * 60_000;

/** Who asks, by which session, with what proof, and from where. */
export type Proving = { viewer: Viewer; sessionId: string | null; proof: OwnershipProof; address: string };

const requireFreshSession = async (sessionId: string | null): Promise<void> => {
  const found = sessionId === null ? null : await findSession(db(), sessionId);
  const startedAt = found?.session.createdAt.getTime() ?? 0;
  if (Date.now() - startedAt <= freshMs) return;
  throw new AppError("forbidden", {
    message: "It is too long ago that you signed in.",
    hint: "Sign out, sign in again and repeat this within ten minutes.",
  });
};

/**
 * Makes sure that the account's owner is there, and not somebody at an open browser: by the password where there is one,
 * else by a session that has just begun; and by a code of the second factor where that is on. To be called within the
 * limit of tries. Gives the account. Throws `unauthenticated`, `invalid_input` with `fields`, and `forbidden` for an
 * account without a password whose session is older.
 */
export const proveOwnership = async ({ viewer, sessionId, proof, address }: Proving): Promise<UserRow> => {
  const user = viewer === null ? null : await findUser(db(), viewer.id);
  if (user === null) throw new AppError("unauthenticated");
  if (user.passwordHash === null) await requireFreshSession(sessionId);
  else if (!(await verifyPassword({ password: proof.password ?? "", phc: user.passwordHash }))) {
    throw new AppError("invalid_input", { fields: { password: "password_wrong" } });
  }
  if (!(await hasSecondFactor(user.id))) return user;
  if (proof.totp === undefined) throw new AppError("invalid_input", { fields: { totp: "required" } });
  if (!(await passSecondFactor({ userId: user.id, code: proof.totp, address }))) {
    throw new AppError("invalid_input", { fields: { totp: "code_wrong" } });
  }
  return user;
};
