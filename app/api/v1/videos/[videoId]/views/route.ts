import { watchReportSchema } from "#lib/analytics/dto.ts";
import { reportWatch } from "#lib/analytics/report-watch.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const POST = route(
  {
    name: "videos.views.report",
    scope: "public",
    identity: "ignore",
    rateClass: "report",
    accessLog: "quiet",
    summary: "Report what a player has played",
    description:
      "Players send it when playing begins, every 15 seconds, at a pause, at the end and when the page is hidden; each report has the sums since the player was opened, so that lost ones cost nothing and the same one twice changes nothing. A view is counted once per viewer, video and day (UTC) when 30 seconds, or half of a shorter video, were played in real time. Claims beyond the time that has passed are not believed. `forbidden` for a token that is not good for this video.",
    errors: ["forbidden", "unavailable"],
    params,
    body: watchReportSchema,
  },
  async ({ params, body: report }) => reportWatch({ videoId: params.videoId, report }),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
