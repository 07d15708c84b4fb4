import { watermarkPatchSchema, watermarkSchema } from "#lib/watermarks/dto.ts";
import { deleteWatermark, editWatermark } from "#lib/watermarks/edit-watermark.ts";
import { getWatermark } from "#lib/watermarks/list-watermarks.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { watermarkParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "watermarks.get",
    scope: "videos:read",
    summary: "One watermark",
    description:
      "Its text or image, placement and `state`: ask again while it is `drawing`. Every creator may read those of the instance, and those of a channel who work on it.",
    params,
    response: watermarkSchema,
  },
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
  {
    name: "watermarks.delete",
    scope: "videos:write",
    summary: "Delete a watermark",
    description:
      "It can be given to no video any more. Videos that carry it keep it, also when they are processed again; its images go when nobody needs them.",
    params,
  },
  ({ viewer, params: { watermarkId } }) => deleteWatermark({ viewer, watermarkId }),
);

export const { POST, PUT, OPTIONS } = otherMethods("GET", "PATCH", "DELETE");
