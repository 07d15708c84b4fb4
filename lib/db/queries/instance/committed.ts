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

/** What is committed at this moment, quiet transactions from the number `since` on. */
export const readCommitted = async (tx: DbOrTx, since: string): Promise<Committed> => {
  const [row] = rowsSchema.parse([
    ...(await tx.execute(sql`
      select pg_current_snapshot()::text as snapshot,
        (select coalesce(jsonb_agg(xid::text), '[]') from quiet_transactions where xid >= ${since}::xid8) as quiet`)),
  ]);
  return row;
};
