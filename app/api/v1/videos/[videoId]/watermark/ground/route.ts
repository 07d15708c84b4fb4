import { serveGround } from "#lib/watermarks/serve-ground.ts";
import { fileDescription } from "#lib/web/openapi/raw/files.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { rawRoute } from "#lib/web/route.ts";

export const GET = rawRoute(
  {
    name: "videos.watermark.ground",
    scope: "videos:read",
    summary: "Poster of a video without its mark",
    description:
      "On which an editor places a mark: the poster as it was before one was drawn on it. For those who may edit the video; `not_found` while there is no poster.",
    errors: ["range_not_satisfiable"],
    openapi: fileDescription({ "image/jpeg": "bytes" }),
    params,
  },
  ({ viewer, params: { videoId }, request, requestId }) => serveGround({ viewer, videoId, request, requestId }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
