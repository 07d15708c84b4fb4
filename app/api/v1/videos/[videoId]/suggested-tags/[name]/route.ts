import { acceptedSchema, acceptSchema, suggestedTagsSchema } from "#lib/labels/dto.ts";
import { acceptSuggestedTag, removeSuggestedTag } from "#lib/labels/suggested-tags.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { suggestedTagParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const PUT = route(
  {
    name: "videos.suggestedTags.accept",
    scope: "videos:write",
    summary: "Accept a suggested tag",
    description:
      "For those who work on its channel. `name` is the suggestion's `label`, or `place`. It becomes an ordinary tag in the given language. `not_found` for what is not suggested, `conflict` for a video that has 30 tags.",
    errors: ["conflict"],
    params,
    body: acceptSchema,
    response: acceptedSchema,
  },
  ({ viewer, params, body, locale }) =>
    acceptSuggestedTag({ viewer, videoId: params.videoId, name: params.name, language: body.language, locale }),
);

export const DELETE = route(
  {
    name: "videos.suggestedTags.remove",
    scope: "videos:write",
    summary: "Remove a suggested tag",
    description:
      "For those who work on its channel. It is never suggested again for this video; of a place nothing is kept. `not_found` for what is not suggested.",
    params,
    response: suggestedTagsSchema,
  },
  ({ viewer, params }) => removeSuggestedTag({ viewer, videoId: params.videoId, name: params.name }),
);

export const { GET, POST, PATCH, OPTIONS } = otherMethods("PUT", "DELETE");
