import { eq, lt } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { viewerSalts } from "#lib/db/schema/index.ts";

/** The salt of a day: the stored one, or `fresh` when there is none yet. */
export const takeSalt = async (tx: DbOrTx, { day, fresh }: { day: string; fresh: Buffer }): Promise<Buffer> => {
  await tx.insert(viewerSalts).values({ day, salt: fresh }).onConflictDoNothing();
  const [row] = await tx.select({ salt: viewerSalts.salt }).from(viewerSalts).where(eq(viewerSalts.day, day));
  // Between both statements only the clean-up could take it away, which leaves today's.
  return row?.salt ?? fresh;
};

/** Removes the salts of days before `day`: their viewers cannot be told any more. */
export const deleteSaltsBefore = async (tx: DbOrTx, day: string): Promise<void> => {
  await tx.delete(viewerSalts).where(lt(viewerSalts.day, day));
};
