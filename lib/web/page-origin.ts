import "server-only";
import { headers } from "next/headers";
import { env } from "#lib/env.ts";
import { requestOrigin } from "#lib/web/request-address.ts";

/** The site's own address, as whoever asks for this page reaches it: `PUBLIC_URL`, else the host that was asked. */
export const pageOrigin = async (): Promise<string> => {
  const { publicUrl } = env();
  if (publicUrl !== null) return new URL(publicUrl).origin;
  return requestOrigin(new Request("http://localhost", { headers: await headers() }));
};
