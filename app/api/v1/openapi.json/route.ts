import { z } from "zod";
import { env } from "#lib/env.ts";
import { servedDocument } from "#lib/web/openapi/served-document.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { requestOrigin } from "#lib/web/request-address.ts";
import { route } from "#lib/web/route.ts";

const response = z.looseObject({ openapi: z.string() });

/** The API's own description; any site may read it. */
export const GET = route(
  {
    name: "openapi",
    scope: "public",
    summary: "This document",
    description:
      "OpenAPI 3.1 with this site's address as the server, made of the very schemas that check requests and answers. Open to every site; may be kept for five minutes.",
    identity: "ignore",
    response,
  },
  ({ request, headers }) => {
    const { publicUrl } = env();
    headers.set("cache-control", "public, max-age=300");
    headers.set("access-control-allow-origin", "*");
    return servedDocument(publicUrl === null ? requestOrigin(request) : new URL(publicUrl).origin);
  },
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
