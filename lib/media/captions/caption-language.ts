/** Language tag of captions whose language nobody knows (RFC 5646). */
export const unknownLanguage = "und";

/** The tag in its usual form (`UK-ua` becomes `uk-UA`, `ukr` becomes `uk`); null for what is no language tag. */
export const languageTag = (text: string): string | null => {
  if (text.length > 35 || !/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/.test(text)) return null;
  try {
    return Intl.getCanonicalLocales(text)[0] ?? null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
};

/** The language in its own words, with a capital; null when it has no name. */
export const languageName = (tag: string): string | null => {
  if (tag === unknownLanguage) return null;
  const name = new Intl.DisplayNames([tag], { type: "language", fallback: "none" }).of(tag);
  if (name === undefined) return null;
  const [first = "", ...rest] = [...name];
  return `${first.toLocaleUpperCase(tag)}${rest.join("")}`;
};
