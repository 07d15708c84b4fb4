import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

/** A text in which `like` sees no wildcard. */
export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

/** Whether a column holds a text anywhere, whatever the case of either. */
export const containsText = (column: SQLWrapper, text: string): SQL =>
  sql`${column}::text ilike ${`%${escapeLike(text)}%`}`;
