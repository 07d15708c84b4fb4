import { eq, sql } from "drizzle-orm";
import type { Tx } from "#lib/db/client.ts";
import { channels, oauthAccounts, users } from "#lib/db/schema/index.ts";

/**
 * Empties an account that was never let in: what names its person goes, so that address, username, handle and log-ins at
 * other services are free again. The row stays, since the audit log names it. The address of the reserved domain `.invalid`
 * (RFC 2606, section 2) belongs to nobody.
 */
export const emptyRejectedAccount = async (tx: Tx, userId: string): Promise<void> => {
  const gone = { deletedAt: sql`now()`, updatedAt: sql`now()` };
  const name = `rejected-${userId}`;
  await tx
    .update(users)
    .set({ ...gone, email: `${name}@kinora.invalid`, username: name, displayName: "", passwordHash: null })
    .where(eq(users.id, userId));
  await tx
    .update(channels)
    .set({ ...gone, handle: sql`'rejected-' || ${channels.id}`, name: "", description: "" })
    .where(eq(channels.ownerId, userId));
  await tx.delete(oauthAccounts).where(eq(oauthAccounts.userId, userId));
};
