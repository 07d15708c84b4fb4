import { idSchema } from "#lib/ids.ts";
import { watermarkSchema } from "#lib/watermarks/dto.ts";
import { sendWatermarkImage } from "#lib/watermarks/send-image.ts";
import { serveWatermarkImage } from "#lib/watermarks/serve-image.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { watermarkParams as params } from "#lib/web/path-params.ts";
import { readBytes } from "#lib/web/read-body.ts";
import { rawRoute, route } from "#lib/web/route.ts";

/** The image as it is burned in; `drawing` names one of a mark's images, the newest is given without it. */
export const GET = rawRoute({ name: "watermarks.image", params }, ({ viewer, params, request, requestId }) => {
  const drawing = idSchema.safeParse(new URL(request.url).searchParams.get("drawing"));
  const drawingId = drawing.success ? drawing.data : null;
  return serveWatermarkImage({ viewer, watermarkId: params.watermarkId, drawingId, request, requestId });
});

export const HEAD = GET;

/** Takes a PNG or WebP as it is, up to 5 MiB. */
export const PUT = route(
  { name: "watermarks.send", params, response: watermarkSchema, status: 202 },
  ({ viewer, locale, params: { watermarkId }, request }) =>
    sendWatermarkImage({ viewer, locale, watermarkId, read: (limit) => readBytes(request, limit) }),
);

export const { POST, PATCH, DELETE, OPTIONS } = otherMethods("GET", "PUT");
