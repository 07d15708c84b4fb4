import { z } from "zod";
import { dropSecondFactor } from "#lib/accounts/second-factor/drop.ts";
import { endAllSessions } from "#lib/accounts/sessions/end-sessions.ts";
import type { Viewer } from "#lib/accounts/viewer.ts";
import type { AdminUser, AdminUserLine, AdminUserPage, AdminUserQuery } from "#lib/admin/dto.ts";
import { decodeCursor, pageOf } from "#lib/admin/page-cursor.ts";
import { requireAdmin } from "#lib/admin/require-admin.ts";
import { type DbOrTx, db, transaction } from "#lib/db/client.ts";
import {
  countSignIns,
  listOwnedChannels,
  listUserLines,
  type UserLineRow,
} from "#lib/db/queries/accounts/admin-users.ts";
import { lockUser } from "#lib/db/queries/accounts/users.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { AppError } from "#lib/errors.ts";
import { idSchema } from "#lib/ids.ts";

type Asked = { viewer: Viewer; userId: string };

const positionSchema = z.object({ id: idSchema, storedBytes: z.number().int() });

const toLine = (row: UserLineRow): AdminUserLine => ({
  ...{ id: row.id, username: row.username, displayName: row.displayName, email: row.email },
  emailVerified: row.emailVerifiedAt !== null,
  ...{ role: row.role, status: row.status, storedBytes: row.storedBytes, videos: row.videos },
  createdAt: row.createdAt.toISOString(),
  lastSeenAt: row.lastSeenAt === null ? null : new Date(row.lastSeenAt).toISOString(),
});

/** What an admin looks for: an account's id as it is, anything else as a part of its names. */
const lookedFor = (q: string | undefined): { userId?: string; text?: string } => {
  const text = q?.trim() ?? "";
  if (text === "") return {};
  return idSchema.safeParse(text).success ? { userId: text } : { text };
};

/** Accounts. For admins; throws `unauthenticated`, `forbidden`, and `invalid_input` for a cursor that is not ours. */
export const listUsers = async ({
  viewer,
  query,
}: {
  viewer: Viewer;
  query: AdminUserQuery;
}): Promise<AdminUserPage> => {
  requireAdmin(viewer);
  const { q, cursor, limit, ...filter } = query;
  const after = decodeCursor(positionSchema, cursor);
  const rows = await listUserLines(db(), { ...filter, ...lookedFor(q), after, limit: limit + 1 });
  return pageOf(rows, {
    ...{ limit, toItem: toLine },
    toPosition: ({ id, storedBytes }) => ({ id, storedBytes }),
  });
};

const findLine = async (tx: DbOrTx, userId: string): Promise<UserLineRow> => {
  const [row] = await listUserLines(tx, { userId, sort: "newest", limit: 1 });
  if (row === undefined) throw new AppError("not_found");
  return row;
};

/** One account. For admins; throws `unauthenticated`, `forbidden` and `not_found`. */
export const getUser = async ({ viewer, userId }: Asked): Promise<AdminUser> => {
  requireAdmin(viewer);
  const row = await findLine(db(), userId);
  const [signIns, channels] = await Promise.all([countSignIns(db(), userId), listOwnedChannels(db(), userId)]);
  return {
    ...toLine(row),
    suspendedReason: row.suspendedReason,
    deletionRequestedAt: row.deletionRequestedAt?.toISOString() ?? null,
    ...signIns,
    channels,
  };
};

/**
 * Ends all that is signed in for an account: sessions, tokens and event streams, within a second. Its owner may sign in
 * again. Gives how much that was. Throws like `getUser`.
 */
export const endUserSessions = ({ viewer, userId }: Asked): Promise<{ sessions: number; apiTokens: number }> =>
  transaction(async (tx) => {
    const actorId = requireAdmin(viewer);
    if ((await lockUser(tx, userId)) === null) throw new AppError("not_found");
    const { sessions, apiTokens } = await countSignIns(tx, userId);
    await endAllSessions(tx, { userId, reason: "account" });
    await recordAudit(tx, {
      ...{ actorId, action: "account.end_sessions", targetType: "user", targetId: userId },
      details: { sessions, apiTokens },
    });
    return { sessions, apiTokens };
  });

/**
 * Takes the second factor away from somebody who lost it. Throws like `getUser`, and `conflict` for an account without one
 * and for the admin's own: a session that was left open must not be enough for that.
 */
export const dropUserSecondFactor = ({ viewer, userId }: Asked): Promise<void> =>
  transaction((tx) => {
    const actorId = requireAdmin(viewer);
    if (actorId === userId) {
      throw new AppError("conflict", {
        message: "This is your own account.",
        hint: "Switch the second factor off in the security settings.",
      });
    }
    return dropSecondFactor(tx, { userId, actorId });
  });
