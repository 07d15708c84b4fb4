import { z } from "zod";
import { serveSound } from "#lib/sharing/serve-sound.ts";
import { soundDescription } from "#lib/web/openapi/raw/sharing.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { rawRoute } from "#lib/web/route.ts";

/** The sound of a public or unlisted video whose owner allows downloads. */
export const GET = rawRoute(
  {
    name: "audio.get",
    scope: "public",
    identity: "ignore",
    summary: "The sound file of a video",
    description:
      "What a podcast's entries point at: the newest MP3 of a public or unlisted video whose owner allows downloads, for everybody and with ranges. `not_found` for everything else.",
    errors: ["not_found", "delivery_limit_reached", "range_not_satisfiable"],
    params: z.object({ file: z.string().max(100) }),
    openapi: soundDescription,
    rateClass: "none",
    accessLog: "quiet",
  },
  ({ params, request, requestId }) => serveSound({ file: params.file, request, requestId }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
