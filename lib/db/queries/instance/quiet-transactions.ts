import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "#lib/db/client.ts";

/** The statement of `markQuiet` as a text, for who has no drizzle. */
export const quietMarkText = `insert into quiet_transactions (xid) values (pg_current_xact_id())
  on conflict (xid) do update set marked_at = excluded.marked_at`;

/**
 * The statement of `markQuiet`, for a `with` of one that is a transaction of its own. A restored database may have a mark of
 * another server's transaction of that number.
 */
export const quietMark = (): SQL => sql.raw(quietMarkText);

/**
 * Says that this whole transaction changes nothing of what strangers are told of the site, so that answers which they share
 * stay good (docs/decisions/0024). For what is written all the time: counts of bytes, sessions of players, signs of life.
 * Never in a transaction that writes anything else.
 */
export const markQuiet = async (tx: Tx): Promise<void> => {
  await tx.execute(quietMark());
};
