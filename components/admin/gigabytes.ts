const gigabyte = 1e9;

/** What is typed for a number of bytes: "2.5" for 2 500 000 000; empty for none. */
export const gigabytesText = (bytes: number | null): string =>
  // Nine digits are single bytes; a plain `String` would write few of them as 1.23e-7.
  bytes === null ? "" : (bytes / gigabyte).toFixed(9).replace(/\.?0+$/, "");

/** The bytes that "2.5" or "2,5" gigabytes are; null for nothing typed, undefined for what is no size. */
export const bytesOfGigabytes = (text: string): number | null | undefined => {
  const typed = text
    .trim()
    .replaceAll(/[\s\u00a0\u202f]/g, "")
    .replace(",", ".");
  if (typed === "") return null;
  if (!/^\d{1,7}(\.\d{1,9})?$/.test(typed)) return undefined;
  return Math.round(Number(typed) * gigabyte);
};
