import { choosePoster, maxPosterBytes, sendPosterImage } from "#lib/videos/choose-poster.ts";
import { posterChangeSchema, posterSchema } from "#lib/videos/dto.ts";
import { getPoster } from "#lib/videos/get-poster.ts";
import { invalidInput } from "#lib/web/field-texts.ts";
import { posterChoiceDescription } from "#lib/web/openapi/raw/texts-and-stills.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { readBytes, readJson } from "#lib/web/read-body.ts";
import { rawRoute, route } from "#lib/web/route.ts";

/** The poster and what there is to choose from. */
export const GET = route(
  {
    name: "videos.poster",
    scope: "videos:read",
    summary: "Poster of a video and what there is to choose from",
    description:
      "For those who may edit it: the poster, the proposals of the present run, whether a frame can be chosen and up to when, whether a choice is still being made, and why the last one failed.",
    params,
    response: posterSchema,
  },
  ({ viewer, params, locale }) => getPoster({ viewer, videoId: params.videoId, locale }),
);

/** JSON chooses among what the video offers; the bytes of a picture become the poster themselves. */
export const PUT = rawRoute(
  {
    name: "videos.choosePoster",
    scope: "videos:write",
    summary: "Choose the poster of a video",
    description:
      "JSON chooses among what the video offers; a JPEG, PNG or WebP of at most 10 MiB becomes the poster itself.",
    errors: ["conflict", "too_large", "unsupported_media_type", "unprocessable"],
    openapi: posterChoiceDescription,
    params,
  },
  async (context) => {
    const { viewer, params, locale, request } = context;
    const who = { viewer, videoId: params.videoId, locale };
    const isImage = /^(?:image\/|application\/octet-stream)/i.test(request.headers.get("content-type") ?? "");
    if (isImage) {
      const sent = await sendPosterImage({ ...who, read: () => readBytes(request, maxPosterBytes) });
      return Response.json(posterSchema.parse(sent), { status: 202 });
    }
    const input = await readJson(request);
    const change = posterChangeSchema.safeParse(input);
    if (!change.success) throw invalidInput(change.error, { locale, input });
    const poster = posterSchema.parse(await choosePoster({ ...who, change: change.data }));
    return Response.json(poster, { status: poster.making ? 202 : 200 });
  },
);

export const { POST, PATCH, DELETE, OPTIONS } = otherMethods("GET", "PUT");
