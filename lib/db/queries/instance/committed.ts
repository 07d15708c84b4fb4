import { sql } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx } from "#lib/db/client.ts";

const rowsSchema = z.tuple([z.object({ snapshot: z.string(), quiet: z.array(z.string()) })]);

/** What is committed at a moment. */
export type Committed = {
  /**
   * PostgreSQL's `pg_snapshot` as a text: `xmin:xmax:` and the transactions between them that still run. Whoever reads the
   * same text twice sees the same rows both times.
   */
  snapshot: string;
  /** Transactions that changed nothing of what strangers are told; see `markQuiet`. */
  quiet: string[];
};

/** Which quiet transactions are asked for: those from a number on, and some before it. */
export type Wanted = { from: string; among: readonly string[] };

/**
 * What is committed at this moment. Marks of more than two minutes are nobody's: in a database that was restored they are of
 * another server's transactions, whose numbers come again.
 */
export const readCommitted = async (tx: DbOrTx, { from, among }: Wanted): Promise<Committed> => {
  const [row] = rowsSchema.parse([
    ...(await tx.execute(sql`
      select pg_current_snapshot()::text as snapshot,
        (select coalesce(jsonb_agg(xid::text), '[]') from quiet_transactions
          where (xid >= ${from}::xid8 or xid = any(${`{${among.join(",")}}`}::xid8[]))
            and marked_at > now() - interval '2 minutes') as quiet`)),
  ]);
  return row;
};
