import { removeAudio } from "#lib/exports/remove-audio.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { exportParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const DELETE = route(
  {
    name: "videos.audio.delete",
    scope: "videos:write",
    summary: "Cancel or remove a sound file",
    description:
      "One that is being made is stopped; one that is there goes with its bytes. For those who may edit the video; `not_found` for a file of another one.",
    errors: ["conflict"],
    params,
    status: 204,
  },
  ({ viewer, params: { videoId, exportId } }) => removeAudio({ viewer, videoId, exportId }),
);

export const { GET, POST, PUT, PATCH, OPTIONS } = otherMethods("DELETE");
