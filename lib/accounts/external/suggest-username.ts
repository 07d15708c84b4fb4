import { usernameSchema } from "#lib/accounts/dto.ts";

const longest = 30;
const fallback = "person";

const letters = (text: string): string =>
  text
    .normalize("NFKD")
    .replaceAll(/[\u0300-\u036f]/g, "")
    .replaceAll(/[^A-Za-z0-9_-]+/g, "-")
    .replaceAll(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, "");

const cut = (text: string, length: number) => text.slice(0, length).replace(/[^A-Za-z0-9]+$/, "");

/**
 * Names for a new account, the likeliest first: those that the other service gives, as far as they can be used, and then
 * the first of them with `suffixes` after it.
 */
export const suggestUsernames = (handles: readonly string[], suffixes: readonly string[]): string[] => {
  const cleaned = handles.map((handle) => cut(letters(handle), longest)).filter((name) => name !== "");
  const base = cleaned[0] ?? fallback;
  const numbered = suffixes.map((suffix) => `${cut(base, longest - suffix.length - 1)}-${suffix}`);
  return [...new Set([...cleaned, ...numbered])].filter((name) => usernameSchema.safeParse(name).success);
};
