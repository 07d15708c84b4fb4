import { sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";

/** Channel on which processes tell each other that somebody's sessions, tokens, role or status changed. */
export const accessChannel = "kinora_access";

/** Tells every process, when the caller's transaction commits, that what an account may do has changed. */
export const notifyAccessChange = async (tx: DbOrTx, userId: string): Promise<void> => {
  await tx.execute(sql`select pg_notify(${accessChannel}, ${userId})`);
};
