import { and, eq, gt, isNull, lt, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { emailTokens } from "#lib/db/schema/index.ts";

/** What a secret in a mail is for. */
export type EmailTokenPurpose = (typeof emailTokens.$inferSelect)["purpose"];
/** A secret that still works: whose it is and which address its mail went to. */
export type GoodEmailToken = { id: string; userId: string; email: string };

const isOpen = isNull(emailTokens.usedAt);

/** Ends what an account has open, of one purpose or of all. */
export const endEmailTokens = async (
  tx: DbOrTx,
  { userId, purpose }: { userId: string; purpose?: EmailTokenPurpose },
): Promise<void> => {
  await tx
    .update(emailTokens)
    .set({ usedAt: sql`now()` })
    .where(
      and(eq(emailTokens.userId, userId), isOpen, ...(purpose === undefined ? [] : [eq(emailTokens.purpose, purpose)])),
    );
};

/** Writes a secret that lasts so long, by the database's clock. */
export const insertEmailToken = async (
  tx: DbOrTx,
  {
    lifeSeconds,
    ...row
  }: {
    id: string;
    userId: string;
    purpose: EmailTokenPurpose;
    email: string;
    tokenHash: string;
    lifeSeconds: number;
  },
): Promise<void> => {
  await tx.insert(emailTokens).values({ ...row, expiresAt: sql`now() + make_interval(secs => ${lifeSeconds})` });
};

/** The secret with that hash, unless it is unknown, used, expired or for something else. */
export const findGoodEmailToken = async (
  tx: DbOrTx,
  { tokenHash, purpose }: { tokenHash: string; purpose: EmailTokenPurpose },
): Promise<GoodEmailToken | null> => {
  const [row] = await tx
    .select({ id: emailTokens.id, userId: emailTokens.userId, email: emailTokens.email })
    .from(emailTokens)
    .where(
      and(
        eq(emailTokens.tokenHash, tokenHash),
        eq(emailTokens.purpose, purpose),
        isOpen,
        gt(emailTokens.expiresAt, sql`now()`),
      ),
    )
    .limit(1);
  return row ?? null;
};

/** Uses a secret up. False when somebody else did so first, or it expired meanwhile. */
export const markEmailTokenUsed = async (tx: DbOrTx, id: string): Promise<boolean> => {
  const rows = await tx
    .update(emailTokens)
    .set({ usedAt: sql`now()` })
    .where(and(eq(emailTokens.id, id), isOpen, gt(emailTokens.expiresAt, sql`now()`)))
    .returning({ id: emailTokens.id });
  return rows.length > 0;
};

/** How many secrets of that purpose an account got within the last so many seconds. */
export const countRecentEmailTokens = (
  tx: DbOrTx,
  { userId, purpose, seconds }: { userId: string; purpose: EmailTokenPurpose; seconds: number },
): Promise<number> =>
  tx.$count(
    emailTokens,
    and(
      eq(emailTokens.userId, userId),
      eq(emailTokens.purpose, purpose),
      sql`${emailTokens.createdAt} > now() - make_interval(secs => ${seconds})`,
    ),
  );

/** Removes secrets that expired so long ago, whether they were used or not. */
export const deleteOldEmailTokens = async (tx: DbOrTx, afterSeconds: number): Promise<void> => {
  await tx.delete(emailTokens).where(lt(emailTokens.expiresAt, sql`now() - make_interval(secs => ${afterSeconds})`));
};
