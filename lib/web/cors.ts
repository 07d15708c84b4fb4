import { env } from "#lib/env.ts";

const exposed = [
  "X-Request-Id, Retry-After, RateLimit, RateLimit-Policy, Kinora-Video-Id",
  // tus: a client on another origin can neither find its upload nor resume it without these.
  "Location, Tus-Extension, Tus-Max-Size, Tus-Resumable, Tus-Version, Upload-Expires, Upload-Length, Upload-Metadata, Upload-Offset",
].join(", ");
const preflightSeconds = 600;

/**
 * Lets the programs of `CORS_ORIGINS` read answers of the API. Cookies stay out (no `Allow-Credentials`): such a program
 * signs in with a token.
 */
export const addCorsHeaders = (request: Request, headers: Headers): void => {
  const { corsOrigins } = env();
  if (corsOrigins.length === 0) return;
  headers.append("vary", "Origin");
  const origin = request.headers.get("origin");
  if (origin === null || !corsOrigins.includes(origin)) return;
  headers.set("access-control-allow-origin", origin);
  headers.set("access-control-expose-headers", exposed);
};

/** Adds what a browser asks before it sends a request that is not a simple one. */
export const addPreflightHeaders = (request: Request, headers: Headers, methods: readonly string[]): void => {
  addCorsHeaders(request, headers);
  if (!headers.has("access-control-allow-origin")) return;
  headers.set("access-control-allow-methods", methods.join(", "));
  headers.set("access-control-allow-headers", "Authorization, Content-Type");
  headers.set("access-control-max-age", String(preflightSeconds));
};
