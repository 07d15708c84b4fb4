import { channelAnalyticsSchema, analyticsQuerySchema as query } from "#lib/analytics/dto.ts";
import { getChannelAnalytics } from "#lib/analytics/get-channel-analytics.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { channelParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "channels.analytics.get",
    scope: "channels:read",
    summary: "How a channel's videos were watched",
    description:
      "For its members and admins: all of its videos together, by day (UTC), with the 50 that were viewed most. What was deleted is left out. `forbidden` for everybody else.",
    errors: ["invalid_input", "forbidden"],
    params,
    query,
    response: channelAnalyticsSchema,
  },
  ({ viewer, params, query }) => getChannelAnalytics({ viewer, handle: params.handle, query }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
