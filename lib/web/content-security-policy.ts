/**
 * The policy of a page. Scripts only with the page's nonce (and what they load); styles inline, because the player's
 * controls style themselves so and a nonce would switch that off; media from blobs, as hls.js feeds the player. Only embeds
 * are for other sites' frames: `frameAncestors` says whose.
 */
export const contentSecurityPolicy = ({
  nonce,
  development,
  frameAncestors = "'none'",
}: {
  nonce: string;
  development: boolean;
  frameAncestors?: string;
}): string =>
  [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "media-src 'self' blob:",
    "worker-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-src 'none'",
    `frame-ancestors ${frameAncestors}`,
  ].join("; ");
