import { chapterListSchema, chaptersSchema } from "#lib/chapters/dto.ts";
import { getChapters } from "#lib/chapters/get-chapters.ts";
import { putChapters, resetChapters } from "#lib/chapters/put-chapters.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "chapters.get",
    scope: "videos:read",
    anonymous: true,
    shared: true,
    summary: "Chapters of a video",
    description:
      "Those set by the editor, else the times in the description, else those of the file; `origin` tells which. An empty list where there are none.",
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
      "They hold before those of the description and the file, which are kept. With an empty list the video has no chapters. `invalid_input` for two at one time and for one after the end.",
    errors: ["unprocessable"],
    params,
    body: chapterListSchema,
    response: chaptersSchema,
  },
  ({ viewer, params, body }) => putChapters({ viewer, videoId: params.videoId, items: body.items }),
);

export const DELETE = route(
  {
    name: "chapters.reset",
    scope: "videos:write",
    summary: "Go back to the chapters that are found by themselves",
    description:
      "Takes yours away: the times in the description hold again, else the chapters of the file. Answers with what holds then.",
    params,
    response: chaptersSchema,
  },
  ({ viewer, params }) => resetChapters({ viewer, videoId: params.videoId }),
);

export const { POST, PATCH, OPTIONS } = otherMethods("GET", "PUT", "DELETE");
