import { addCaption } from "#lib/captions/add-caption.ts";
import { captionListSchema, captionSchema } from "#lib/captions/dto.ts";
import { listCaptions } from "#lib/captions/list-captions.ts";
import { captionUpload } from "#lib/web/caption-upload.ts";
import { captionUploadDescription } from "#lib/web/openapi/raw/texts-and-stills.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { rawRoute, route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "captions.list",
    scope: "videos:read",
    anonymous: true,
    shared: true,
    summary: "Text tracks of a video",
    description:
      "Those found in the file and those that were sent, the default one first, all at once. Whoever may see the video may read them.",
    params,
    response: captionListSchema,
  },
  ({ viewer, params }) => listCaptions({ viewer, videoId: params.videoId }),
);

/** The body is a caption file, or JSON with its text. */
export const POST = rawRoute(
  {
    name: "captions.add",
    scope: "videos:write",
    summary: "Add a caption file",
    description:
      "SRT, WebVTT or ASS as the body, at most 2 MiB and 20 000 captions, with what is said of it in the query; or JSON with its text, without which the track has no words yet and players do not show it.",
    errors: ["conflict", "too_large", "unsupported_media_type", "unprocessable"],
    openapi: captionUploadDescription,
    params,
  },
  async ({ viewer, params, request, locale }) => {
    const { bytes, facts } = await captionUpload(request, locale);
    const added = await addCaption({ viewer, videoId: params.videoId, bytes, facts });
    return Response.json(captionSchema.parse(added), { status: 201 });
  },
);

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET", "POST");
