import "server-only";
import { headers } from "next/headers";
import { siteOrigin } from "#lib/web/site-origin.ts";

/** The site's own address, as whoever asks for this page reaches it: `PUBLIC_URL`, else the host that was asked. */
export const pageOrigin = async (): Promise<string> =>
  siteOrigin(new Request("http://localhost", { headers: await headers() }));
