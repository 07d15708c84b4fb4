import { browserLife, programLife } from "#lib/accounts/sessions/session-life.ts";
import type { Verified } from "#lib/accounts/verify-credentials.ts";
import { type DbOrTx, db } from "#lib/db/client.ts";
import { insertSession } from "#lib/db/queries/accounts/sessions.ts";
import { AppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";

/** What signs in, as far as it tells. */
export type Client = { userAgent: string; address: string };

const longestUserAgent = 300;

/**
 * Opens a session for an account whose credentials were just checked. Throws `unauthenticated` when the account was
 * suspended, or its sessions were ended, since they were checked.
 */
export const startSession = async (
  { verified, kind, client }: { verified: Verified; kind: "browser" | "program"; client: Client },
  tx: DbOrTx = db(),
): Promise<{ sessionId: string }> => {
  const sessionId = newId();
  const begun = await insertSession(tx, {
    id: sessionId,
    userId: verified.account.id,
    sessionVersion: verified.sessionVersion,
    kind,
    userAgent: client.userAgent.slice(0, longestUserAgent),
    address: client.address,
    life: kind === "browser" ? browserLife : programLife,
  });
  if (!begun) throw new AppError("unauthenticated", { message: "Sign in again." });
  return { sessionId };
};
