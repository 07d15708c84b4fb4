import { sql } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx } from "#lib/db/client.ts";

const rowsSchema = z.tuple([z.object({ snapshot: z.string() })]);

/**
 * What is committed at this moment, as a text: `xmin:xmax:` and the transactions between them that still run (PostgreSQL's
 * `pg_snapshot`). Whoever reads the same text twice sees the same rows both times; any commit of a change makes another one.
 */
export const readSnapshot = async (tx: DbOrTx): Promise<string> => {
  const [row] = rowsSchema.parse([...(await tx.execute(sql`select pg_current_snapshot()::text as snapshot`))]);
  return row.snapshot;
};
