import { z } from "zod";
import { idSchema } from "#lib/ids.ts";
import { downloadAsset } from "#lib/playback/download-asset.ts";
import { fileDescription } from "#lib/web/openapi/raw/files.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { rawRoute } from "#lib/web/route.ts";

const params = z.object({ assetId: idSchema });

/** A stored file as a download, for whoever may edit its video. */
export const GET = rawRoute(
  {
    name: "assets.get",
    scope: "videos:read",
    summary: "Download a stored file",
    description:
      "An original or another stored file as a download, for those who may edit its video. Ranges are answered, so that it can go on after a broken line. `not_found` for everybody else, as for what is not there.",
    errors: ["range_not_satisfiable"],
    openapi: fileDescription({ "application/octet-stream": "bytes", "audio/mpeg": "bytes", "video/*": "bytes" }),
    params,
  },
  ({ viewer, params: { assetId }, request, requestId }) => downloadAsset({ viewer, assetId, request, requestId }),
);

export const HEAD = GET;
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
