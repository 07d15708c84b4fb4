import type { WatchReport, WatchSessionDto } from "#lib/analytics/dto.ts";
import { pageToken } from "#lib/api-client/page-token.ts";
import { apiRequest } from "#lib/api-client/request.ts";

/** Opens a session of watching a video; a token that is null says that nothing is to be reported. Throws `ApiError`. */
export const openWatching = ({ videoId, signal }: { videoId: string; signal: AbortSignal }): Promise<WatchSessionDto> =>
  apiRequest({ path: `/videos/${videoId}/watch-session`, query: { token: pageToken() }, signal });

/**
 * Sends what a player has played, also while the page goes away. Whether it arrived is not known, and need not be: the next
 * report has the same sums.
 */
export const sendWatchReport = ({ videoId, report }: { videoId: string; report: WatchReport }): void => {
  const address = `/api/v1/videos/${videoId}/views`;
  const body = JSON.stringify(report);
  if (navigator.sendBeacon(address, new Blob([body], { type: "application/json" }))) return;
  fetch(address, { method: "POST", body, headers: { "content-type": "application/json" }, keepalive: true }).catch(
    () => undefined,
  );
};
