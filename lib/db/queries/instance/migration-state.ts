import { sql } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx } from "#lib/db/client.ts";

const rowSchema = z.object({ newest: z.coerce.number().nullable(), queue: z.boolean() });

/**
 * What the database is migrated to: the newest applied migration's time as in drizzle's journal (milliseconds since 1970),
 * and whether the queue's tables are there. Throws when no migration was ever applied.
 */
export const findMigrationState = async (tx: DbOrTx): Promise<z.output<typeof rowSchema>> => {
  const [row] = await tx.execute(sql`
    select
      (select max(created_at) from drizzle.__drizzle_migrations) as newest,
      to_regclass('graphile_worker.jobs') is not null as queue`);
  return rowSchema.parse(row);
};
