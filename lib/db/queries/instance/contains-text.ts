import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

/** A text in which `like` sees no wildcard. */
export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

const isLike = (column: SQLWrapper, pattern: string): SQL => sql`${column}::text ilike ${pattern}`;

/** Whether a column holds a text anywhere, whatever the case of either. */
export const containsText = (column: SQLWrapper, text: string): SQL => isLike(column, `%${escapeLike(text)}%`);

/** Scripts that put no spaces between words, so that any two signs may be one. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/** What words begin after, beside the beginning of a text; regular expressions would be no question for the index. */
const separators = [..." \t\n\"'([{<«„“‘#@&+=_-–—/|.,:;"];

/**
 * The same for a column with an index of trigrams, which knows nothing shorter than three letters or digits in a row: what is
 * shorter is held by the column when a word of it begins so. Where words have no borders, and for signs alone, without the
 * index.
 */
export const holdsText = (column: SQLWrapper, text: string): SQL => {
  const isShort = /^[\p{L}\p{N}]/u.test(text) && !/[\p{L}\p{N}]{3}/u.test(text) && !unspaced.test(text);
  if (!isShort) return containsText(column, text);
  const begun = `${escapeLike(text)}%`;
  const places = [begun, ...separators.map((sign) => `%${escapeLike(sign)}${begun}`)];
  return sql`(${sql.join(
    places.map((pattern) => isLike(column, pattern)),
    sql` or `,
  )})`;
};
