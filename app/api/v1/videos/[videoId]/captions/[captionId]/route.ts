import { downloadCaption } from "#lib/captions/download-caption.ts";
import { captionPatchSchema, captionSchema } from "#lib/captions/dto.ts";
import { editCaption, removeCaption } from "#lib/captions/edit-caption.ts";
import { captionFileDescription } from "#lib/web/openapi/raw/texts-and-stills.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { captionParams as params } from "#lib/web/path-params.ts";
import { rawRoute, route } from "#lib/web/route.ts";

/** The text track as a WebVTT file. */
export const GET = rawRoute(
  {
    name: "captions.get",
    scope: "videos:read",
    anonymous: true,
    summary: "A text track as WebVTT",
    description:
      "As a download named after the video. `not_found` also for a video that you may not see, and while it cannot be played.",
    openapi: captionFileDescription,
    params,
  },
  ({ viewer, params, request }) => downloadCaption({ viewer, ...params, signal: request.signal }),
);

export const PATCH = route(
  {
    name: "captions.edit",
    scope: "videos:write",
    summary: "Change what is said of a text track",
    description:
      "Language, label, kind, and whether it is shown unasked: making one the default takes that from the others. Its words are changed by `PUT` of its script.",
    errors: ["conflict"],
    params,
    body: captionPatchSchema,
    response: captionSchema,
  },
  ({ viewer, params, body: patch }) => editCaption({ viewer, ...params, patch }),
);

export const DELETE = route(
  {
    name: "captions.delete",
    scope: "videos:write",
    summary: "Remove a text track",
    description:
      "For those who may edit the video. It leaves the playlists at once; players that hold its address may read it for another day.",
    errors: ["conflict"],
    params,
  },
  ({ viewer, params }) => removeCaption({ viewer, ...params }),
);

export const { POST, PUT, OPTIONS } = otherMethods("GET", "PATCH", "DELETE");
