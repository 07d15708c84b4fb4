import { captionScriptChangeSchema, captionScriptLimit, captionScriptSchema } from "#lib/captions/script/dto.ts";
import { readScript } from "#lib/captions/script/read-script.ts";
import { saveScript } from "#lib/captions/script/save-script.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { captionParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "captions.script",
    scope: "videos:write",
    summary: "The captions of a track, to be edited",
    description:
      "All of them with their markup, their places and the version they are of; for those who may edit the video. Readers take `/cues`.",
    params,
    response: captionScriptSchema,
  },
  ({ viewer, params, request }) => readScript({ viewer, ...params, signal: request.signal }),
);

export const PUT = route(
  {
    name: "captions.rewrite",
    scope: "videos:write",
    summary: "Put other captions in the place of a track's",
    description:
      "Stores a new version of the file; players, transcript and search follow. `conflict` when the track was changed since the version you name, `invalid_input` by field for captions without words, that end before they begin, or that crowd the screen. An empty list leaves a track that players do not show.",
    errors: ["conflict", "too_large"],
    params,
    body: captionScriptChangeSchema,
    bodyLimit: captionScriptLimit,
    response: captionScriptSchema,
  },
  ({ viewer, params, body: change }) => saveScript({ viewer, ...params, change }),
);

export const { POST, PATCH, DELETE, OPTIONS } = otherMethods("GET", "PUT");
