import type { StandingDto, StandingPatch } from "#lib/accounts/dto.ts";
import { endAllSessions } from "#lib/accounts/sessions/end-sessions.ts";
import type { Role, Viewer } from "#lib/accounts/viewer.ts";
import { type Tx, transaction } from "#lib/db/client.ts";
import { lockActiveAdmins, lockUser, type UserRow, updateUser } from "#lib/db/queries/accounts/users.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { findLastMailLocale } from "#lib/db/queries/notifications/mails.ts";
import { AppError } from "#lib/errors.ts";
import { defaultLocale } from "#lib/i18n/locale.ts";
import { queueMail } from "#lib/notifications/queue-mail.ts";

/** An admin's change of somebody's standing. */
type Change = { viewer: Viewer; userId: string };

const requireAdmin = (viewer: Viewer): string => {
  if (viewer === null) throw new AppError("unauthenticated");
  if (viewer.role !== "admin") throw new AppError("forbidden", { hint: "Only admins may do this." });
  return viewer.id;
};

/**
 * Locks the account, and with it all admins: two of them must not take each other's role at the same time. Throws
 * `unauthenticated`, `forbidden` for whoever is no admin, and `not_found`.
 */
export const lockStanding = async (tx: Tx, { viewer, userId }: Change) => {
  const actorId = requireAdmin(viewer);
  const admins = await lockActiveAdmins(tx);
  // Somebody may just have taken the asking admin's role.
  if (!admins.includes(actorId)) throw new AppError("forbidden", { hint: "Only admins may do this." });
  const user = await lockUser(tx, userId);
  if (user === null) throw new AppError("not_found");
  return { user, actorId, isLastAdmin: admins.length === 1 && admins[0] === userId };
};

const refuseLastAdmin = (isLastAdmin: boolean): void => {
  if (!isLastAdmin) return;
  throw new AppError("conflict", {
    message: "This is the last admin.",
    hint: "Make somebody else an admin first.",
  });
};

const change = async (
  tx: Tx,
  input: {
    actorId: string;
    user: UserRow;
    action: string;
    changes: Partial<Pick<UserRow, "role" | "status" | "suspendedReason">>;
    reason: string | undefined;
  },
): Promise<UserRow> => {
  const { actorId, user, action, changes, reason } = input;
  const after = await updateUser(tx, { userId: user.id, changes });
  if (after === null) throw new AppError("not_found");
  const facts = ({ role, status }: UserRow) => ({ role, status });
  await recordAudit(tx, {
    actorId,
    action,
    targetType: "user",
    targetId: user.id,
    before: facts(user),
    after: facts(after),
    details: reason === undefined ? {} : { reason },
  });
  return after;
};

/** Gives an account another role in `tx` and ends all that signs in for it; nothing happens when it has the role. */
const changeRole = async (
  tx: Tx,
  { viewer, userId, role, reason }: Change & { role: Role; reason?: string | undefined },
) => {
  const { user, actorId, isLastAdmin } = await lockStanding(tx, { viewer, userId });
  if (user.role === role) return user;
  refuseLastAdmin(isLastAdmin);
  const after = await change(tx, { actorId, user, action: "account.role", changes: { role }, reason });
  await endAllSessions(tx, { userId, reason: "account" });
  return after;
};

const suspendAccount = async (tx: Tx, { viewer, userId, reason }: Change & { reason: string }) => {
  const { user, actorId, isLastAdmin } = await lockStanding(tx, { viewer, userId });
  if (user.status === "suspended") return user;
  refuseLastAdmin(isLastAdmin);
  const changes = { status: "suspended", suspendedReason: reason } as const;
  const after = await change(tx, { actorId, user, action: "account.suspend", changes, reason });
  await endAllSessions(tx, { userId, reason: "account" });
  return after;
};

const tellApproved = async (tx: Tx, { id: userId, email, displayName: name, locale }: UserRow): Promise<void> => {
  // Who never chose a language reads the one of the mails so far: that of the browser that signed up.
  const spoken = locale ?? (await findLastMailLocale(tx, userId)) ?? defaultLocale;
  await queueMail(tx, { userId, toAddress: email, locale: spoken, kind: "account_approved", data: { name } });
};

const restoreAccount = async (tx: Tx, { viewer, userId, reason }: Change & { reason?: string | undefined }) => {
  const { user, actorId } = await lockStanding(tx, { viewer, userId });
  if (user.status === "active") return user;
  const action = user.status === "pending" ? "account.approve" : "account.restore";
  const changes = { status: "active", suspendedReason: null } as const;
  const after = await change(tx, { actorId, user, action, changes, reason });
  if (user.status === "pending") await tellApproved(tx, after);
  return after;
};

/** What admins see of an account. */
const toStandingDto = (user: UserRow): StandingDto => ({
  id: user.id,
  email: user.email,
  username: user.username,
  displayName: user.displayName,
  role: user.role,
  status: user.status,
  suspendedReason: user.suspendedReason,
  createdAt: user.createdAt.toISOString(),
});

/**
 * Changes an account's role, its status, or both at once; a change of role and a suspension end all that signs in for it
 * within a second. Audited. Throws `unauthenticated`, `forbidden` for whoever is no admin, `not_found`, and `conflict` for
 * the last admin, who cannot be removed.
 */
export const editStanding = ({
  viewer,
  userId,
  patch: { role, status, reason },
}: Change & { patch: StandingPatch }): Promise<StandingDto> =>
  transaction(async (tx) => {
    let { user } = await lockStanding(tx, { viewer, userId });
    // The role last: who gives up their own may do nothing after it.
    if (status === "suspended") user = await suspendAccount(tx, { viewer, userId, reason: reason ?? "" });
    if (status === "active") user = await restoreAccount(tx, { viewer, userId, reason });
    if (role !== undefined) user = await changeRole(tx, { viewer, userId, role, reason });
    return toStandingDto(user);
  });
