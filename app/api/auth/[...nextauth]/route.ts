import { z } from "zod";
import { nextAuthDoor } from "#lib/web/identity/next-auth-door.ts";
import { sessionDoorDescription, sessionReadDescription } from "#lib/web/openapi/raw/site.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { rawRoute } from "#lib/web/route.ts";

const params = z.object({ nextauth: z.array(z.string()) });

/** next-auth's own addresses; the session is read and judged by next-auth's callbacks, which ask the database. */
export const GET = rawRoute(
  {
    name: "auth.session.read",
    scope: "public",
    summary: "What the sign-in pages ask",
    description: "Addresses of next-auth, for this site's own pages: `session`, `csrf`, `providers`.",
    identity: "ignore",
    params,
    errors: ["not_found"],
    openapi: sessionReadDescription,
  },
  (context) => nextAuthDoor(context, context.params.nextauth),
);

export const POST = rawRoute(
  {
    name: "auth.session.change",
    scope: "public",
    summary: "Sign in and out in a browser",
    description:
      "Addresses of next-auth, for this site's own pages: `callback/credentials` signs in within the limit of tries, `signin/…` leads to another service, `signout` ends the session at once. Programs use `POST /auth/token`.",
    identity: "ignore",
    params,
    errors: ["invalid_input", "unauthenticated", "not_found", "too_large", "unsupported_media_type"],
    openapi: sessionDoorDescription,
  },
  (context) => nextAuthDoor(context, context.params.nextauth),
);

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET", "POST");
