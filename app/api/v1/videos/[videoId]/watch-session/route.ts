import { z } from "zod";
import { watchSessionSchema } from "#lib/analytics/dto.ts";
import { openWatchSession } from "#lib/analytics/open-watch-session.ts";
import { playbackTokenParameter } from "#lib/playback/dto.ts";
import { addressSubject } from "#lib/web/limits/rate-limit.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

const query = z.strictObject({ token: playbackTokenParameter });

export const GET = route(
  {
    name: "videos.watch-session.get",
    scope: "videos:read",
    anonymous: true,
    summary: "Open a session of watching",
    description:
      "For players: the token with which they report what they play to `POST /videos/{videoId}/views`. Ask when playing begins; one for each player. Null for those who work on the video, and for programs that say so: theirs is not counted. `token` is the playback token of whoever watches by one.",
    errors: ["forbidden"],
    params,
    query,
    response: watchSessionSchema,
  },
  ({ viewer, params, query: { token }, address, request }) =>
    openWatchSession({
      viewer,
      videoId: params.videoId,
      token,
      address: addressSubject(address),
      userAgent: request.headers.get("user-agent") ?? "",
    }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
