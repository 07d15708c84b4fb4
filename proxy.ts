import { type NextRequest, NextResponse } from "next/server";
import { env } from "#lib/env.ts";
import { embedPageAncestors } from "#lib/sharing/embed-page-ancestors.ts";
import { contentSecurityPolicy } from "#lib/web/content-security-policy.ts";

const embedPath = /^\/embed\/([^/]+)\/?$/;

/** Whose frames a page may stand in: nobody's, but for embeds. A header that the page itself could not set. */
const frameAncestorsOf = async ({ nextUrl }: NextRequest): Promise<string> => {
  const videoId = embedPath.exec(nextUrl.pathname)?.[1];
  if (videoId === undefined) return "'none'";
  return embedPageAncestors({ videoId, token: nextUrl.searchParams.get("token") });
};

/**
 * Gives every page a content security policy with a nonce of its own. Authorises nothing: each handler does that itself.
 * Must never match uploads and media, because a body that passes here is cut off at 10 MB.
 */
export const proxy = async (request: NextRequest): Promise<NextResponse> => {
  const nonce = crypto.randomUUID().replaceAll("-", "");
  const frameAncestors = await frameAncestorsOf(request);
  const policy = contentSecurityPolicy({ nonce, development: env().nodeEnv === "development", frameAncestors });
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  // Next takes the nonce for its own scripts from the request's copy of the header.
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
};

/** Pages only: no API, no media, no health addresses, no files. */
export const config = {
  matcher: [
    "/((?!api(?:/|$)|media/|audio/|_next/|healthz$|readyz$|metrics$|\\.well-known/|.*\\.(?:svg|png|ico|js|css|woff2|txt|xml)$).*)",
  ],
};
