import { eq, lt, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { rateLimits } from "#lib/db/schema/index.ts";

/**
 * Counts one hit in a fixed window and tells how many there are, in one statement, so that two processes never lose one.
 * `resetsInSeconds` is what is left of the window.
 */
export const countHit = async (
  tx: DbOrTx,
  { key, windowSeconds }: { key: string; windowSeconds: number },
): Promise<{ hits: number; resetsInSeconds: number }> => {
  const ends = sql`now() + make_interval(secs => ${windowSeconds})`;
  const over = sql`${rateLimits.resetsAt} <= now()`;
  const [row] = await tx
    .insert(rateLimits)
    .values({ key, hits: 1, resetsAt: ends })
    .onConflictDoUpdate({
      target: rateLimits.key,
      set: {
        hits: sql`case when ${over} then 1 else ${rateLimits.hits} + 1 end`,
        resetsAt: sql`case when ${over} then ${ends} else ${rateLimits.resetsAt} end`,
      },
    })
    .returning({
      hits: rateLimits.hits,
      // The column keeps milliseconds and may have been rounded up beyond the window's length.
      resetsInSeconds: sql<number>`least(${windowSeconds}, ceil(extract(epoch from ${rateLimits.resetsAt} - now())))::int`,
    });
  return row ?? { hits: 1, resetsInSeconds: windowSeconds };
};

/** Takes one hit back. */
export const uncountHit = async (tx: DbOrTx, key: string): Promise<void> => {
  await tx
    .update(rateLimits)
    .set({ hits: sql`greatest(${rateLimits.hits} - 1, 0)` })
    .where(eq(rateLimits.key, key));
};

/** Removes windows that are over. */
export const deleteEndedWindows = async (tx: DbOrTx): Promise<void> => {
  await tx.delete(rateLimits).where(lt(rateLimits.resetsAt, sql`now()`));
};
