import { channelAnalyticsCsv } from "#lib/analytics/analytics-csv.ts";
import { analyticsQuerySchema } from "#lib/analytics/dto.ts";
import { csvAnswer, csvDescription } from "#lib/web/csv-answer.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { channelParams as params } from "#lib/web/path-params.ts";
import { rawRoute } from "#lib/web/route.ts";

export const GET = rawRoute(
  {
    name: "channels.analytics.csv",
    scope: "channels:read",
    summary: "How a channel's videos were watched, as a table",
    description:
      "One line for each video and day (UTC) on which it was played, 100 000 at most. For members of the channel and admins; `forbidden` for everybody else.",
    errors: ["invalid_input", "forbidden"],
    openapi: csvDescription(analyticsQuerySchema),
    params,
  },
  ({ viewer, params, request, locale }) =>
    csvAnswer({ query: analyticsQuerySchema, request, locale }, (query) =>
      channelAnalyticsCsv({ viewer, handle: params.handle, query }),
    ),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
