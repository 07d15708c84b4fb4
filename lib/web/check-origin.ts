import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { hasSessionCookie } from "#lib/web/identity/session-cookie.ts";
import { requestOrigin } from "#lib/web/request-address.ts";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/** Whether a method only reads (RFC 9110, 9.2.1). */
export const isSafeMethod = (method: string): boolean => safeMethods.has(method);

const sameHost = (origin: string, own: string): boolean => {
  // The scheme is left out: behind a proxy that ends TLS we see http where the browser says https.
  const parsed = URL.parse(origin);
  return parsed !== null && parsed.host === URL.parse(own)?.host;
};

const isOwnOrigin = (origin: string, request: Request): boolean => {
  const { publicUrl } = env();
  return sameHost(origin, requestOrigin(request)) || (publicUrl !== null && origin === new URL(publicUrl).origin);
};

const refused = (context: Record<string, unknown>) =>
  new AppError("forbidden", {
    message: "This request comes from another site.",
    hint: "Send it from this site's own pages, or as a program with a Bearer token and no cookie.",
    context,
  });

/**
 * Refuses changes that another site made a browser send. An `Origin` that comes along must be ours (the host that was
 * asked, `PUBLIC_URL`, or for requests without our cookie one of `CORS_ORIGINS`); a session cookie must come with one.
 * Programs have neither and pass. Throws `forbidden`.
 */
export const checkOrigin = (request: Request): void => {
  if (isSafeMethod(request.method)) return;
  const origin = request.headers.get("origin");
  const withCookie = hasSessionCookie(request.headers);
  if (origin === null) {
    // Browsers that leave Origin out still tell this; scripts cannot write it.
    if (withCookie && request.headers.get("sec-fetch-site") !== "same-origin") throw refused({ origin: null });
    return;
  }
  if (isOwnOrigin(origin, request)) return;
  if (!withCookie && env().corsOrigins.includes(origin)) return;
  throw refused({ origin });
};
