const attributeChar = /[A-Za-z0-9!#$&+.^_`|~-]/;

/** Percent-encodes as RFC 8187 (`ext-value`, before it RFC 5987) wants: UTF-8, all but attr-char escaped. */
const extendedValue = (text: string): string =>
  [...Buffer.from(text, "utf8")]
    .map((byte) => {
      const char = String.fromCharCode(byte);
      return attributeChar.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    })
    .join("");

/**
 * `Content-Disposition: attachment` for a name in any script (RFC 6266): an ASCII stand-in for old clients and the exact
 * name beside it. Control characters and folders are left out.
 */
export const attachmentOf = (filename: string): string => {
  const name =
    filename
      .toWellFormed()
      .replace(/\p{Cc}/gu, "")
      .replace(/[/\\]/g, "_")
      .slice(0, 255) || "download";
  const fallback = name.replace(/[^ -~]/g, "_").replace(/["\\%]/g, "_");
  return `attachment; filename="${fallback}"; filename*=UTF-8''${extendedValue(name)}`;
};
