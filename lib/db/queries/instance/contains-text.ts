import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

/** A text in which `like` sees no wildcard. */
export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

const isLike = (column: SQLWrapper, pattern: string): SQL => sql`${column}::text ilike ${pattern}`;

/** Whether a column holds a text anywhere, whatever the case of either. */
export const containsText = (column: SQLWrapper, text: string): SQL => isLike(column, `%${escapeLike(text)}%`);

/**
 * The same for a column with an index of trigrams, which knows nothing shorter than three letters or digits in a row: what is
 * shorter is held by the column when a word of it begins so.
 */
export const holdsText = (column: SQLWrapper, text: string): SQL => {
  if (/[\p{L}\p{N}]{3}/u.test(text) || !/[\p{L}\p{N}]/u.test(text)) return containsText(column, text);
  const begun = `${escapeLike(text)}%`;
  return sql`(${isLike(column, begun)} or ${isLike(column, `% ${begun}`)})`;
};
