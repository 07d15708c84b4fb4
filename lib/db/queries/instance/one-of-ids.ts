import { type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";

/** Ids as an array parameter, so that statements are the same whatever their number. Nothing in UUIDs needs quoting. */
export const idArray = (ids: readonly string[]): SQL => sql`${`{${ids.join(",")}}`}::uuid[]`;

/**
 * Whether a column is one of several ids, as one parameter. A list of parameters (`inArray`) costs more to write than the
 * database needs to answer, and makes another statement of every length.
 */
export const oneOfIds = (column: AnyPgColumn, ids: readonly string[]): SQL => sql`${column} = any(${idArray(ids)})`;
