import { sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";

/** Whether a database session under that application name is there. */
export const isSessionAlive = async (tx: DbOrTx, name: string): Promise<boolean> => {
  const rows = await tx.execute(sql`select 1 from pg_stat_activity where application_name = ${name} limit 1`);
  return rows.length > 0;
};
