import { z } from "zod";
import { playbackTokenParameter } from "#lib/playback/dto.ts";
import { getVideo } from "#lib/videos/get-video.ts";
import { eventsDescription } from "#lib/web/openapi/raw/events.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { rawRoute } from "#lib/web/route.ts";
import { oneVideoEvents } from "#lib/web/streams/video-events.ts";

// A text that is too long for a token is none.
const query = z.object({ token: playbackTokenParameter.catch("") });

/** Events of one video that the caller may see; begins with a `changed` that tells its present state. */
export const GET = rawRoute(
  {
    name: "videos.events",
    scope: "videos:read",
    anonymous: true,
    summary: "Events of one video",
    description:
      "`progress`, `playable`, `ready`, `failed`, `changed` and `deleted`, each with the video as data. Begins with a `changed` that tells its present state. With `token` for whoever has a playback token of a private video, as long as it holds; `forbidden` for one that opens nothing.",
    errors: ["unavailable", "forbidden"],
    openapi: { ...eventsDescription, query },
    params,
  },
  async (context) => {
    const { token } = query.parse(Object.fromEntries(new URL(context.request.url).searchParams));
    const { id } = await getVideo({ viewer: context.viewer, videoId: context.params.videoId, token });
    return oneVideoEvents({ ...context, token }, id);
  },
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
