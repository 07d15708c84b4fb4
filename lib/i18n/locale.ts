/** Languages Kinora speaks; the first is the fallback. */
export const locales = ["en", "uk"] as const;
/** See `locales`. */
export type Locale = (typeof locales)[number];

/** What is shown when nothing tells a language. */
export const defaultLocale: Locale = "en";

/** Cookie that keeps the chosen language; readable by scripts because the language menu writes it. */
export const localeCookie = "locale";

const isLocale = (value: unknown): value is Locale => locales.some((locale) => locale === value);

/** The best of our languages for an `Accept-Language` header (RFC 9110, 12.5.4), or null when it names none of them. */
const fromAcceptLanguage = (header: string): Locale | null => {
  const wanted = header
    .split(",")
    .map((part, position) => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const quality = parameters.map((parameter) => /^\s*q=([0-9.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return { language: tag.split("-")[0], quality: quality === undefined ? 1 : Number(quality), position };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality || a.position - b.position);
  return wanted.map(({ language }) => language).find(isLocale) ?? null;
};

/** Settles the language of a request: the cookie's choice, the account's setting, what the browser asks for, English. */
export const chooseLocale = ({
  cookie,
  account,
  acceptLanguage,
}: {
  cookie?: string | null | undefined;
  account?: string | null | undefined;
  acceptLanguage?: string | null | undefined;
}): Locale => {
  if (isLocale(cookie)) return cookie;
  if (isLocale(account)) return account;
  return fromAcceptLanguage(acceptLanguage ?? "") ?? defaultLocale;
};
