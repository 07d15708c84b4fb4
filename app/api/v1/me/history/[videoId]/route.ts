import { forgetHistory } from "#lib/library/history.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const DELETE = route(
  {
    name: "me.history.delete",
    scope: "library:write",
    summary: "Take one video out of your history",
    description: "Repeating it changes nothing.",
    params,
  },
  ({ viewer, params }) => forgetHistory({ viewer, videoId: params.videoId }),
);

export const { GET, POST, PUT, PATCH, OPTIONS } = otherMethods("DELETE");
