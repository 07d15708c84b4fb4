import { analyticsQuerySchema as query, videoAnalyticsSchema } from "#lib/analytics/dto.ts";
import { getVideoAnalytics } from "#lib/analytics/get-video-analytics.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "videos.analytics.get",
    scope: "videos:read",
    summary: "How a video was watched",
    description:
      "For members of its channel and admins: views, watch time, retention, sources, devices and quality of playback by day (UTC), at most a few minutes old. Views of members and of programs are not in it; countries and accounts are not recorded. `forbidden` for everybody else who may watch it.",
    errors: ["invalid_input", "forbidden"],
    params,
    query,
    response: videoAnalyticsSchema,
  },
  ({ viewer, params, query }) => getVideoAnalytics({ viewer, videoId: params.videoId, query }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
