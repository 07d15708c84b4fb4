import { openMedia } from "#lib/playback/open-media.ts";
import { fileDescription } from "#lib/web/openapi/raw/files.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { rawRoute } from "#lib/web/route.ts";

const mediaTypes = {
  "application/vnd.apple.mpegurl": "text",
  "video/iso.segment": "bytes",
  "video/mp4": "bytes",
  "image/jpeg": "bytes",
  "image/webp": "bytes",
  "text/vtt": "text",
} as const;

/** Playlists, segments and images of videos. */
export const GET = rawRoute(
  {
    name: "media.get",
    scope: "videos:read",
    anonymous: true,
    summary: "Playlists, segments and images",
    description:
      "The addresses stand in `playback` of a video; those of videos that are not public are signed and expire.",
    errors: ["not_found", "forbidden", "gone", "range_not_satisfiable", "unavailable"],
    openapi: fileDescription(mediaTypes),
    rateClass: "none",
    accessLog: "quiet",
  },
  openMedia,
);

export const HEAD = GET;
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
