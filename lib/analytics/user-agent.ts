/** Kinds of devices that are told apart. */
export const devices = ["desktop", "mobile", "tablet", "tv", "other"] as const;
/** See `devices`. */
export type Device = (typeof devices)[number];

/** Families of browsers that are told apart. */
export const browsers = ["chrome", "safari", "firefox", "edge", "opera", "samsung", "other"] as const;
/** See `browsers`. */
export type Browser = (typeof browsers)[number];

const deviceSigns: readonly (readonly [Device, RegExp])[] = [
  ["tv", /smart-?tv|googletv|appletv|android tv|hbbtv|web0s|webos|tizen.*tv|crkey|aft[a-z]|roku|bravia/i],
  ["tablet", /ipad|tablet|kindle|silk\/|android(?!.*mobile)/i],
  ["mobile", /mobile|iphone|ipod|android/i],
  ["desktop", /windows nt|macintosh|x11|cros|linux/i],
];

// Those that call themselves by others' names stand first.
const browserSigns: readonly (readonly [Browser, RegExp])[] = [
  ["edge", /\bEdg(e|A|iOS)?\//],
  ["opera", /\b(OPR|Opera|OPiOS)\//],
  ["samsung", /\bSamsungBrowser\//],
  ["firefox", /\b(Firefox|FxiOS)\//],
  ["chrome", /\b(Chrome|CriOS|Chromium)\//],
  ["safari", /\bVersion\/[\d.]+.*Safari\//],
];

/**
 * Programs that say what they are. Kept short on purpose: what pretends to be a browser is not told by its name but by
 * not playing in real time (lib/analytics/take-beat.ts).
 */
const programs =
  /bot\b|bots\b|crawl|spider|slurp|headless|lighthouse|preview|facebookexternalhit|embedly|curl\/|wget\/|python-|go-http|java\/|okhttp|axios|node-fetch|libwww|httpclient|phantomjs|scrapy|ffmpeg|lavf\//i;

/** The kind of device, as far as a User-Agent tells. */
export const deviceOf = (userAgent: string): Device =>
  deviceSigns.find(([, sign]) => sign.test(userAgent))?.[0] ?? "other";

/** The browser's family, as far as a User-Agent tells. */
export const browserOf = (userAgent: string): Browser =>
  browserSigns.find(([, sign]) => sign.test(userAgent))?.[0] ?? "other";

/** Whether a User-Agent is that of a program that says so, or none at all. */
export const isProgram = (userAgent: string): boolean => userAgent.trim().length < 10 || programs.test(userAgent);
