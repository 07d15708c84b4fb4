import { and, eq, isNull, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { isActiveAccount } from "#lib/db/queries/accounts/active-account.ts";
import { users } from "#lib/db/schema/index.ts";

/** An account as stored, password hash included: never leaves lib/accounts. */
export type UserRow = typeof users.$inferSelect;

/** Inserts an account. Taken values are unique violations of `users_email_key` and `users_username_key`. */
export const insertUser = async (tx: DbOrTx, user: typeof users.$inferInsert): Promise<void> => {
  await tx.insert(users).values(user);
};

/** The account with that id, suspended ones too, or null. */
export const findUser = async (tx: DbOrTx, userId: string): Promise<UserRow | null> => {
  const [row] = await tx
    .select()
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.deletedAt)))
    .limit(1);
  return row ?? null;
};

/** The account with that address, whatever its case, suspended ones too, or null. */
export const findUserByEmail = async (tx: DbOrTx, email: string): Promise<UserRow | null> => {
  const [row] = await tx
    .select()
    .from(users)
    .where(and(sql`${users.email} = ${email}::citext`, isNull(users.deletedAt)))
    .limit(1);
  return row ?? null;
};

/** Whether an address or a name is taken, by deleted accounts too. */
export const findTakenNames = async (
  tx: DbOrTx,
  { email, username }: { email: string; username: string },
): Promise<{ email: boolean; username: boolean }> => {
  const rows = await tx
    .select({
      email: sql<boolean>`${users.email} = ${email}::citext`,
      username: sql<boolean>`${users.username} = ${username}::citext`,
    })
    .from(users)
    .where(sql`${users.email} = ${email}::citext or ${users.username} = ${username}::citext`);
  return { email: rows.some((row) => row.email), username: rows.some((row) => row.username) };
};

/** Changes an account and returns it, or null when there is none. */
export const updateUser = async (
  tx: DbOrTx,
  { userId, changes }: { userId: string; changes: Partial<typeof users.$inferInsert> },
): Promise<UserRow | null> => {
  const [row] = await tx
    .update(users)
    .set({ ...changes, updatedAt: new Date() })
    .where(and(eq(users.id, userId), isNull(users.deletedAt)))
    .returning();
  return row ?? null;
};

/** Makes every cookie and access token of an account void at once. Gives the new version. */
export const raiseSessionVersion = async (tx: DbOrTx, userId: string): Promise<number> => {
  const [row] = await tx
    .update(users)
    .set({ sessionVersion: sql`${users.sessionVersion} + 1`, updatedAt: new Date() })
    .where(eq(users.id, userId))
    .returning({ sessionVersion: users.sessionVersion });
  return row?.sessionVersion ?? 0;
};

/** The account with that id, locked until the transaction ends, or null. */
export const lockUser = async (tx: DbOrTx, userId: string): Promise<UserRow | null> => {
  const [row] = await tx
    .select()
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.deletedAt)))
    .limit(1)
    .for("no key update");
  return row ?? null;
};

/** Ids of all admins that can sign in, locked until the transaction ends: nobody else can take their role meanwhile. */
export const lockActiveAdmins = async (tx: DbOrTx): Promise<string[]> => {
  const rows = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, "admin"), isActiveAccount))
    .orderBy(users.id)
    .for("no key update");
  return rows.map((row) => row.id);
};

/** All admins that can sign in. */
export const listActiveAdmins = async (tx: DbOrTx): Promise<string[]> => {
  const rows = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, "admin"), isActiveAccount));
  return rows.map((row) => row.id);
};

/** Whether some account is an admin that can sign in. */
export const hasAdmin = async (tx: DbOrTx): Promise<boolean> => {
  const rows = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, "admin"), isActiveAccount))
    .limit(1);
  return rows.length > 0;
};
