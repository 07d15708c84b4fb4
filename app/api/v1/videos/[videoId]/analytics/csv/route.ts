import { videoAnalyticsCsv } from "#lib/analytics/analytics-csv.ts";
import { analyticsQuerySchema } from "#lib/analytics/dto.ts";
import { csvAnswer, csvDescription } from "#lib/web/csv-answer.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { rawRoute } from "#lib/web/route.ts";

export const GET = rawRoute(
  {
    name: "videos.analytics.csv",
    scope: "videos:read",
    summary: "How a video was watched, as a table",
    description:
      "One line for each day (UTC) on which it was played. For members of its channel and admins; `forbidden` for everybody else who may watch it.",
    errors: ["invalid_input", "forbidden"],
    openapi: csvDescription(analyticsQuerySchema),
    params,
  },
  ({ viewer, params, request, locale }) =>
    csvAnswer({ query: analyticsQuerySchema, request, locale }, (query) =>
      videoAnalyticsCsv({ viewer, videoId: params.videoId, query }),
    ),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
