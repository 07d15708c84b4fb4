import { endAllSessions } from "#lib/accounts/sessions/end-sessions.ts";
import type { Role } from "#lib/accounts/viewer.ts";
import { transaction } from "#lib/db/client.ts";
import { findUserByEmail, updateUser } from "#lib/db/queries/accounts/users.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { AppError } from "#lib/errors.ts";

/**
 * Gives the account with that address a role and ends its sessions, since they were opened with other rights. Nothing
 * changes when it has the role already. For the command line and the start; throws `not_found` for an unknown address.
 */
export const promoteAccount = ({ email, role }: { email: string; role: Role }): Promise<{ userId: string }> =>
  transaction(async (tx) => {
    const user = await findUserByEmail(tx, email);
    if (user === null) throw new AppError("not_found", { message: "There is no account with this address." });
    if (user.role === role) return { userId: user.id };
    await updateUser(tx, { userId: user.id, changes: { role } });
    await endAllSessions(tx, { userId: user.id, reason: "account" });
    await recordAudit(tx, {
      actorId: null,
      action: "account.role",
      targetType: "user",
      targetId: user.id,
      before: { role: user.role },
      after: { role },
    });
    return { userId: user.id };
  });
