import { audioExportListSchema, audioExportSchema, audioRequestSchema } from "#lib/exports/dto.ts";
import { listAudio } from "#lib/exports/list-audio.ts";
import { requestAudio } from "#lib/exports/request-audio.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "videos.audio.list",
    scope: "videos:read",
    summary: "Sound files of a video",
    description:
      "MP3 files that were asked for, newest first, all at once, with progress and download address. For those who may edit the video; `forbidden` for those who may only watch it.",
    params,
    response: audioExportListSchema,
  },
  ({ viewer, params: { videoId }, locale }) => listAudio({ viewer, videoId, locale }),
);

export const POST = route(
  {
    name: "videos.audio.create",
    scope: "videos:write",
    summary: "Ask for a video's sound as MP3",
    description: "Asked for again with the same settings before the video has changed, it is the one that there is.",
    errors: ["conflict", "unprocessable", "no_space"],
    params,
    body: audioRequestSchema,
    response: audioExportSchema,
    status: 202,
  },
  ({ viewer, params: { videoId }, body, locale }) => requestAudio({ viewer, videoId, options: body, locale }),
);

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET", "POST");
