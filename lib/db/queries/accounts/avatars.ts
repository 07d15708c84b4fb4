import { and, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { isActiveAccount } from "#lib/db/queries/accounts/active-account.ts";
import { users } from "#lib/db/schema/index.ts";

/** Key of the picture that the account of that name shows to everybody; null for none, and when it is suspended or leaves. */
export const findShownAvatar = async (tx: DbOrTx, username: string): Promise<string | null> => {
  const [row] = await tx
    .select({ key: users.avatarKey })
    .from(users)
    .where(and(sql`${users.username} = ${username}::citext`, isActiveAccount))
    .limit(1);
  return row?.key ?? null;
};
