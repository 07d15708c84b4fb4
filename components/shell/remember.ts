const year = 60 * 60 * 24 * 365;

/** Keeps a display choice in a cookie for a year; the server reads it when it draws the next page. */
export const remember = (name: string, value: string): void => {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and on plain http
  document.cookie = `${name}=${value}; path=/; max-age=${year}; samesite=lax`;
};
