import { type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";

/**
 * Whether a column is one of several ids, as one parameter. A list of parameters (`inArray`) costs more to write than the
 * database needs to answer, and makes another statement of every length. Ids are UUIDs; nothing in them needs quoting.
 */
export const oneOfIds = (column: AnyPgColumn, ids: readonly string[]): SQL =>
  sql`${column} = any(${`{${ids.join(",")}}`}::uuid[])`;
