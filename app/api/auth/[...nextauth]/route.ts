import { z } from "zod";
import { nextAuthDoor } from "#lib/web/next-auth-door.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { rawRoute } from "#lib/web/route.ts";

const params = z.object({ nextauth: z.array(z.string()) });

/** next-auth's own addresses; the session is read and judged by next-auth's callbacks, which ask the database. */
export const GET = rawRoute({ name: "auth.next_auth", identity: "ignore", params }, (context) =>
  nextAuthDoor(context, context.params.nextauth),
);

export const POST = rawRoute({ name: "auth.next_auth", identity: "ignore", params }, (context) =>
  nextAuthDoor(context, context.params.nextauth),
);

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET", "POST");
