import { AppError } from "#lib/errors.ts";

const segment = "[a-z0-9][a-z0-9._-]{0,199}";
const keyPattern = new RegExp(`^${segment}(?:/${segment})*$`);
const prefixPattern = new RegExp(`^(?:${segment}/)+$`);
const maxKeyLength = 900;

/**
 * Whether a text has the form of an object key: lower-case ASCII segments that start with a letter or digit. So no
 * segment is `.` or `..`, none is hidden, and none clashes with another on a disk that ignores case.
 */
export const isObjectKey = (key: string): boolean => key.length <= maxKeyLength && keyPattern.test(key);

/** Throws `invalid_input` for a key of another form. */
export const requireObjectKey = (key: string): void => {
  if (!isObjectKey(key))
    throw new AppError("invalid_input", { message: "This is not an object key.", context: { key } });
};

/** Throws `invalid_input` for a prefix that is not a row of whole segments ending in a slash. */
export const requireObjectPrefix = (prefix: string): void => {
  if (prefix.length > maxKeyLength || !prefixPattern.test(prefix)) {
    throw new AppError("invalid_input", { message: "This is not an object prefix.", context: { prefix } });
  }
};
