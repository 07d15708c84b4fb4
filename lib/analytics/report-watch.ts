import type { WatchReport } from "#lib/analytics/dto.ts";
import { noteReport } from "#lib/analytics/view-meter.ts";
import { readTicket } from "#lib/analytics/watch-token.ts";
import { AppError } from "#lib/errors.ts";

/**
 * Takes what a player says it played. Asks nothing of the database: the token tells for which video and viewer it was
 * given, and what it claims is weighed when it is written. Throws `forbidden` for a token that is none of ours, of another
 * video, or older than a day.
 */
export const reportWatch = ({ videoId, report }: { videoId: string; report: WatchReport }): void => {
  const now = new Date();
  const ticket = readTicket({ videoId, token: report.token, now });
  if (ticket === null) {
    throw new AppError("forbidden", {
      message: "The token of this report is not good for this video, or has run out.",
      hint: "Get one from GET /api/v1/videos/{videoId}/watch-session.",
    });
  }
  noteReport({ videoId, ticket, report, now });
};
