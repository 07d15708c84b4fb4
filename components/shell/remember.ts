/** Keeps a display choice in a cookie for so many days; the server reads it when it draws the next page. */
export const rememberForDays = ({ name, value, days }: { name: string; value: string; days: number }): void => {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and on plain http
  document.cookie = `${name}=${value}; path=/; max-age=${days * 24 * 3600}; samesite=lax`;
};

/** Keeps a display choice for a year; see `rememberForDays`. */
export const remember = (name: string, value: string): void => rememberForDays({ name, value, days: 365 });
