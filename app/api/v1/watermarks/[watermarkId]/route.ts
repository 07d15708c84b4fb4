import { watermarkPatchSchema, watermarkSchema } from "#lib/watermarks/dto.ts";
import { deleteWatermark, editWatermark } from "#lib/watermarks/edit-watermark.ts";
import { getWatermark } from "#lib/watermarks/list-watermarks.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { watermarkParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  { name: "watermarks.get", scope: "videos:read", summary: "One watermark", params, response: watermarkSchema },
  ({ viewer, locale, params: { watermarkId } }) => getWatermark({ viewer, locale, watermarkId }),
);

export const PATCH = route(
  {
    name: "watermarks.edit",
    scope: "videos:write",
    summary: "Change a watermark",
    description: "Videos keep the mark they have until they are given it anew.",
    errors: ["conflict", "unprocessable"],
    params,
    body: watermarkPatchSchema,
    response: watermarkSchema,
  },
  ({ viewer, locale, params: { watermarkId }, body: patch }) => editWatermark({ viewer, locale, watermarkId, patch }),
);

export const DELETE = route(
  { name: "watermarks.delete", scope: "videos:write", summary: "Delete a watermark", params },
  ({ viewer, params: { watermarkId } }) => deleteWatermark({ viewer, watermarkId }),
);

export const { POST, PUT, OPTIONS } = otherMethods("GET", "PATCH", "DELETE");
