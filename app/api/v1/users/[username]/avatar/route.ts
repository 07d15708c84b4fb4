import { z } from "zod";
import { serveAvatar } from "#lib/accounts/avatar/serve-avatar.ts";
import { idSchema } from "#lib/ids.ts";
import { fileDescription } from "#lib/web/openapi/raw/files.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { publicUserParams as params } from "#lib/web/path-params.ts";
import { rawRoute } from "#lib/web/route.ts";

const query = z.object({ v: idSchema.optional() });

/** The picture that an account shows to everybody. */
export const GET = rawRoute(
  {
    name: "users.avatar",
    scope: "public",
    anonymous: true,
    // The same for everybody: no look at the session, and no cookie in an answer that shared caches keep.
    identity: "ignore",
    summary: "Profile picture of an account",
    description:
      "Open to everybody. The addresses stand in `avatarUrl`; the picture of such an address never changes and may be kept. With an older `v`, or none, the newest is given.",
    errors: ["range_not_satisfiable"],
    openapi: fileDescription({ "image/webp": "bytes" }, { query }),
    rateClass: "none",
    accessLog: "quiet",
    params,
  },
  ({ params: { username }, request, requestId }) => {
    const version = new URL(request.url).searchParams.get("v");
    return serveAvatar({ username, version, request, requestId });
  },
);

export const HEAD = GET;
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
