import { getVideo } from "#lib/videos/get-video.ts";
import { eventsDescription } from "#lib/web/openapi/raw/events.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { rawRoute } from "#lib/web/route.ts";
import { oneVideoEvents } from "#lib/web/streams/video-events.ts";

/** Events of one video that the caller may see; begins with a `changed` that tells its present state. */
export const GET = rawRoute(
  {
    name: "videos.events",
    scope: "videos:read",
    anonymous: true,
    summary: "Events of one video",
    description:
      "`progress`, `playable`, `ready`, `failed`, `changed` and `deleted`, each with the video as data. Begins with a `changed` that tells its present state.",
    errors: ["unavailable"],
    openapi: eventsDescription,
    params,
  },
  async (context) => {
    const { id } = await getVideo({ viewer: context.viewer, videoId: context.params.videoId });
    return oneVideoEvents(context, id);
  },
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
