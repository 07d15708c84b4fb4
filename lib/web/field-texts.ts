import type { z } from "zod";
import { AppError } from "#lib/errors.ts";
import { defaultLocale, type Locale } from "#lib/i18n/locale.ts";
import { messages } from "#lib/i18n/messages.ts";
import { translator } from "#lib/i18n/translator.ts";

type Issue = z.core.$ZodIssue;

const isTextKey = (key: string): boolean => {
  const { errors } = messages[defaultLocale];
  const fields = typeof errors === "object" ? errors.fields : undefined;
  return typeof fields === "object" && Object.hasOwn(fields, key);
};

/** Text of a field fault by its key in the `errors` messages; what is no key stays as it is. */
const textOf = (key: string, locale: Locale, values: Record<string, string | number> = {}): string =>
  isTextKey(key) ? translator({ locale, namespace: "errors" })(`fields.${key}`, values) : key;

const sizeText = (issue: Issue & { code: "too_small" | "too_big" }, locale: Locale): string => {
  const bound = Number(issue.code === "too_small" ? issue.minimum : issue.maximum);
  const isText = issue.origin === "string";
  if (issue.code === "too_small") return textOf(isText ? "too_short" : "too_few", locale, { minimum: bound });
  return textOf(isText ? "too_long" : "too_many", locale, { maximum: bound });
};

/** Zod leaves the value out of its issues, so that no password gets into a log. */
const isMissing = (input: unknown, path: readonly PropertyKey[]): boolean => {
  let value = input;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return false;
    value = Reflect.get(value, key);
  }
  return value === undefined;
};

const issueText = (issue: Issue, { locale, input }: { locale: Locale; input: unknown }): string => {
  switch (issue.code) {
    case "too_small":
    case "too_big":
      return sizeText(issue, locale);
    case "invalid_type":
      return textOf(isMissing(input, issue.path) ? "required" : "type", locale);
    case "invalid_format":
      if (issue.format === "email") return textOf("email", locale);
      return textOf(isTextKey(issue.message) ? issue.message : "invalid", locale);
    case "invalid_value":
      return textOf(isMissing(input, issue.path) ? "required" : "choice", locale);
    case "custom":
      return isTextKey(issue.message) ? textOf(issue.message, locale) : textOf("invalid", locale);
    default:
      return textOf("invalid", locale);
  }
};

const unknownKeys = (issue: Issue): readonly string[] =>
  issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key].join(".")) : [];

/** The refusal of `input`, which does not fit its schema: one text per field, in the caller's language. */
export const invalidInput = (error: z.ZodError, asked: { locale: Locale; input: unknown }): AppError => {
  const { locale } = asked;
  const entries = error.issues.flatMap((issue): [string, string][] => {
    const unknown = unknownKeys(issue);
    if (unknown.length > 0) return unknown.map((key) => [key, textOf("unknown", locale)]);
    return [[issue.path.join(".") || "body", issueText(issue, asked)]];
  });
  return new AppError("invalid_input", { fields: Object.fromEntries(entries.toReversed()), cause: error });
};

/** The fields of a fault with their keys put into words. */
export const fieldTexts = (fields: Record<string, string>, locale: Locale): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([field, key]) => [field, textOf(key, locale)]));
