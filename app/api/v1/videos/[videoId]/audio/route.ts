import { audioExportListSchema, audioExportSchema, audioRequestSchema } from "#lib/exports/dto.ts";
import { listAudio } from "#lib/exports/list-audio.ts";
import { requestAudio } from "#lib/exports/request-audio.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  { name: "videos.audio.list", params, response: audioExportListSchema },
  ({ viewer, params: { videoId }, locale }) => listAudio({ viewer, videoId, locale }),
);

export const POST = route(
  { name: "videos.audio.create", params, body: audioRequestSchema, response: audioExportSchema, status: 202 },
  ({ viewer, params: { videoId }, body, locale }) => requestAudio({ viewer, videoId, options: body, locale }),
);

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET", "POST");
