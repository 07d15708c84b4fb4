import { suggestedTagsSchema } from "#lib/labels/dto.ts";
import { getSuggestedTags } from "#lib/labels/suggested-tags.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "videos.suggestedTags.get",
    scope: "videos:read",
    summary: "Tags that are suggested for a video",
    description:
      "For those who work on its channel: what a model on the server saw in a few stills, and the place that the file names when its uploader allows to read it. Nobody else sees suggestions.",
    params,
    response: suggestedTagsSchema,
  },
  ({ viewer, params }) => getSuggestedTags({ viewer, videoId: params.videoId }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
