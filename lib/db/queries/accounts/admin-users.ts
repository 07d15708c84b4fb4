import { and, asc, desc, eq, gt, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { containsText } from "#lib/db/queries/instance/contains-text.ts";
import { apiTokens, channels, sessions, totpSecrets, usageCounters, users, videos } from "#lib/db/schema/index.ts";

/** Where a list of accounts begins: the last row of the page before. */
export type UserPosition = { id: string; storedBytes: number };

/** Which accounts are asked for; what is undefined does not matter. */
export type UserFilter = {
  text?: string | undefined;
  userId?: string | undefined;
  role?: "viewer" | "creator" | "admin" | undefined;
  status?: "active" | "pending" | "suspended" | undefined;
  sort: "newest" | "oldest" | "stored";
  after?: UserPosition | undefined;
  limit: number;
};

const storedBytes = sql<number>`coalesce(${usageCounters.storedBytes}, 0)`.mapWith(Number);

const line = {
  id: users.id,
  username: users.username,
  displayName: users.displayName,
  email: users.email,
  emailVerifiedAt: users.emailVerifiedAt,
  role: users.role,
  status: users.status,
  suspendedReason: users.suspendedReason,
  deletionRequestedAt: users.deletionRequestedAt,
  createdAt: users.createdAt,
  lastSeenAt: sql<string | null>`(
    select max(s.last_seen_at) from ${sessions} s
    where s.user_id = ${users.id} and s.ended_at is null and s.expires_at > now())`,
  storedBytes,
  videos: sql<number>`(
    select count(*)::int from ${videos} v join ${channels} c on c.id = v.channel_id
    where c.owner_id = ${users.id} and v.deleted_at is null)`,
};

const lines = (tx: DbOrTx) =>
  tx.select(line).from(users).leftJoin(usageCounters, eq(usageCounters.userId, users.id)).$dynamic();

/** An account with what stands beside it in a list. */
export type UserLineRow = Awaited<ReturnType<typeof lines>>[number];

const hasChannelLike = (text: string): SQL => sql`exists (
  select 1 from ${channels} c
  where c.owner_id = ${users.id} and c.deleted_at is null and ${containsText(sql`c.handle`, text)})`;

const textCondition = (text: string): SQL | undefined =>
  or(
    ...[users.username, users.displayName, users.email].map((column) => containsText(column, text)),
    hasChannelLike(text),
  );

const afterCondition = ({ sort, after }: UserFilter): SQL | undefined => {
  if (after === undefined) return undefined;
  if (sort === "oldest") return gt(users.id, after.id);
  if (sort === "newest") return lt(users.id, after.id);
  return sql`(${storedBytes}, ${users.id}) < (${after.storedBytes}::bigint, ${after.id}::uuid)`;
};

const orderOf = { newest: [desc(users.id)], oldest: [asc(users.id)], stored: [desc(storedBytes), desc(users.id)] };

/** Accounts that are not deleted, after a position. */
export const listUserLines = (tx: DbOrTx, filter: UserFilter): Promise<UserLineRow[]> =>
  lines(tx)
    .where(
      and(
        isNull(users.deletedAt),
        filter.role === undefined ? undefined : eq(users.role, filter.role),
        filter.status === undefined ? undefined : eq(users.status, filter.status),
        filter.userId === undefined ? undefined : eq(users.id, filter.userId),
        filter.text === undefined ? undefined : textCondition(filter.text),
        afterCondition(filter),
      ),
    )
    .orderBy(...orderOf[filter.sort])
    .limit(filter.limit);

/** What is signed in for an account, and whether a second factor guards it. */
export const countSignIns = async (
  tx: DbOrTx,
  userId: string,
): Promise<{ sessions: number; apiTokens: number; secondFactor: boolean }> => {
  const [held, tokens, factors] = await Promise.all([
    tx.$count(sessions, and(eq(sessions.userId, userId), isNull(sessions.endedAt), gt(sessions.expiresAt, sql`now()`))),
    tx.$count(
      apiTokens,
      and(
        eq(apiTokens.userId, userId),
        isNull(apiTokens.revokedAt),
        or(isNull(apiTokens.expiresAt), gt(apiTokens.expiresAt, sql`now()`)),
      ),
    ),
    tx.$count(totpSecrets, and(eq(totpSecrets.userId, userId), sql`${totpSecrets.confirmedAt} is not null`)),
  ]);
  return { sessions: held, apiTokens: tokens, secondFactor: factors > 0 };
};

/** The channels that an account founded, oldest first. */
export const listOwnedChannels = (tx: DbOrTx, userId: string) =>
  tx
    .select({ id: channels.id, handle: channels.handle, name: channels.name })
    .from(channels)
    .where(and(eq(channels.ownerId, userId), isNull(channels.deletedAt)))
    .orderBy(asc(channels.id));
