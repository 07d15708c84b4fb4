import { env } from "#lib/env.ts";
import { requestOrigin } from "#lib/web/request-address.ts";

/** The site's own address, as whoever asks reaches it: `PUBLIC_URL`, else the host that was asked. */
export const siteOrigin = (request: Request): string => {
  const { publicUrl } = env();
  return publicUrl === null ? requestOrigin(request) : new URL(publicUrl).origin;
};
