import { z } from "zod";
import { jwks } from "#lib/accounts/signing-keys.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

const keySet = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });

/** The public keys of access tokens (RFC 7517), for other services; any site may read them. */
export const GET = route(
  {
    name: "jwks",
    scope: "public",
    summary: "Public keys of access tokens",
    description: "A JSON Web Key Set (RFC 7517) for other services; any site may read it.",
    identity: "ignore",
    response: keySet,
  },
  ({ headers }) => {
    headers.set("cache-control", "public, max-age=300");
    headers.set("access-control-allow-origin", "*");
    return jwks();
  },
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
