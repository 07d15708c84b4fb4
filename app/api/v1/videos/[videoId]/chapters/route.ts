import { chapterListSchema, chaptersSchema } from "#lib/chapters/dto.ts";
import { getChapters } from "#lib/chapters/get-chapters.ts";
import { putChapters } from "#lib/chapters/put-chapters.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "chapters.get",
    scope: "videos:read",
    anonymous: true,
    summary: "Chapters of a video",
    description:
      "Those set by the editor, else those of the file, else the times in the description; `origin` tells which. An empty list where there are none.",
    params,
    response: chaptersSchema,
  },
  ({ viewer, params }) => getChapters({ viewer, videoId: params.videoId }),
);

export const PUT = route(
  {
    name: "chapters.put",
    scope: "videos:write",
    summary: "Put your chapters in the place of those found",
    description:
      "They hold before those of the file and the description. An empty list takes yours away: the description's hold again, or the file's after the next run. `invalid_input` for two at one time and for one after the end.",
    errors: ["unprocessable"],
    params,
    body: chapterListSchema,
    response: chaptersSchema,
  },
  ({ viewer, params, body }) => putChapters({ viewer, videoId: params.videoId, items: body.items }),
);

export const { POST, PATCH, DELETE, OPTIONS } = otherMethods("GET", "PUT");
