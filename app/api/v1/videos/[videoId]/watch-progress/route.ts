import { watchProgressChangeSchema, watchProgressSchema } from "#lib/library/dto.ts";
import { keepWatchProgress, readWatchProgress } from "#lib/library/history.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "watch_progress.get",
    scope: "library:read",
    summary: "Where you go on in a video",
    description: "`positionMs` is null for the beginning: never watched, hardly begun, or seen to the end.",
    params,
    response: watchProgressSchema,
  },
  ({ viewer, params }) => readWatchProgress({ viewer, videoId: params.videoId }),
);

export const PUT = route(
  {
    name: "watch_progress.put",
    scope: "library:write",
    summary: "Keep how far you have come in a video",
    description:
      "Also puts the video on top of your history. Nothing is kept while the history is paused, and what is newer than `agoMs` says stays: a device that was offline tells late. About every ten seconds is often enough.",
    params,
    body: watchProgressChangeSchema,
  },
  ({ viewer, params, body }) => keepWatchProgress({ viewer, videoId: params.videoId, change: body }),
);

export const { POST, PATCH, DELETE, OPTIONS } = otherMethods("GET", "PUT");
