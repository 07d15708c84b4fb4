/** Characters with which a cell would be a formula to a spreadsheet. */
const formulaSign = /^[=+\-@\t\r]/;

/**
 * A cell (RFC 4180, section 2): quoted where it must be. A text that a spreadsheet would take for a formula gets an
 * apostrophe before it; numbers stay what they are.
 */
const cell = (value: string | number): string => {
  if (typeof value === "number") return String(value);
  const text = formulaSign.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A table as CSV (RFC 4180): a header, CRLF after every line, UTF-8 with the mark by which spreadsheets know it. */
export const toCsv = (table: { header: readonly string[]; rows: readonly (readonly (string | number)[])[] }): string =>
  `\uFEFF${[table.header, ...table.rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;
