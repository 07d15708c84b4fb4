/** What a client gave itself out as, in names that people know. */
export type ClientWords = { browser: string | null; system: string | null };

// In this order: most browsers also name those that they are made of.
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\b(Edg|EdgA|EdgiOS)\//, "Edge"],
  [/\b(OPR|OPiOS)\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\bYaBrowser\//, "Yandex Browser"],
  [/\bVivaldi\//, "Vivaldi"],
  [/\b(Firefox|FxiOS)\//, "Firefox"],
  [/\b(Chrome|Chromium|CriOS|HeadlessChrome)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];

const systems: readonly (readonly [RegExp, string])[] = [
  [/\b(iPhone|iPad|iPod)\b/, "iOS"],
  [/\bAndroid\b/, "Android"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b|\bMacintosh\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
];

const named = (list: readonly (readonly [RegExp, string])[], userAgent: string) =>
  list.find(([pattern]) => pattern.test(userAgent))?.[1] ?? null;

/** Programs begin with their own name (RFC 9110, 10.1.5): `curl/8.11.0`. */
const program = /^(?!Mozilla)[A-Za-z][A-Za-z0-9._-]{0,39}(?=\/|$)/;

/** Puts a `User-Agent` into words. A claim of the client, good for recognising one's own devices and for nothing else. */
export const describeUserAgent = (userAgent: string): ClientWords => ({
  browser: named(browsers, userAgent) ?? program.exec(userAgent)?.[0] ?? null,
  system: named(systems, userAgent),
});
