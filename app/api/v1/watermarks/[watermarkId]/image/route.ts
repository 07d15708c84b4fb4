import { z } from "zod";
import { idSchema } from "#lib/ids.ts";
import { watermarkSchema } from "#lib/watermarks/dto.ts";
import { sendWatermarkImage } from "#lib/watermarks/send-image.ts";
import { serveWatermarkImage } from "#lib/watermarks/serve-image.ts";
import { fileDescription } from "#lib/web/openapi/raw/files.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { watermarkParams as params } from "#lib/web/path-params.ts";
import { readBytes } from "#lib/web/read-body.ts";
import { rawRoute, route } from "#lib/web/route.ts";

const query = z.object({ drawing: idSchema.optional() });

/** The image as it is burned in; `drawing` names one of a mark's images, the newest is given without it. */
export const GET = rawRoute(
  {
    name: "watermarks.image",
    scope: "videos:read",
    summary: "Image of a watermark",
    description: "As it is burned in. `drawing` names one of its images; the newest is given without it.",
    errors: ["range_not_satisfiable"],
    openapi: fileDescription({ "image/png": "bytes" }, { query }),
    params,
  },
  ({ viewer, params, request, requestId }) => {
    const drawing = idSchema.safeParse(new URL(request.url).searchParams.get("drawing"));
    const drawingId = drawing.success ? drawing.data : null;
    return serveWatermarkImage({ viewer, watermarkId: params.watermarkId, drawingId, request, requestId });
  },
);

export const HEAD = GET;

/** Takes a PNG or WebP as it is, up to 5 MiB. */
export const PUT = route(
  {
    name: "watermarks.send",
    scope: "videos:write",
    summary: "Send the image of a watermark",
    description:
      "A still PNG or WebP, at most 5 MiB and 8192 pixels on a side. A worker makes it anew: ask for the watermark until its `state` is `ready` or `failed`. `unprocessable` for one that moves or is too large.",
    errors: ["conflict", "too_large", "unsupported_media_type", "unprocessable"],
    openapi: { requestContent: { "image/png": "bytes", "image/webp": "bytes" } },
    params,
    response: watermarkSchema,
    status: 202,
  },
  ({ viewer, locale, params: { watermarkId }, request }) =>
    sendWatermarkImage({ viewer, locale, watermarkId, read: (limit) => readBytes(request, limit) }),
);

export const { POST, PATCH, DELETE, OPTIONS } = otherMethods("GET", "PUT");
