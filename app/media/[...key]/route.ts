import { openMedia } from "#lib/playback/open-media.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { rawRoute } from "#lib/web/route.ts";

/** Playlists, segments and images of videos. */
export const GET = rawRoute({ name: "media.get", rateClass: "none", accessLog: "quiet" }, openMedia);

export const HEAD = GET;
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
