import type { OpenStream } from "#lib/api-client/stream/hub.ts";
import { openSource } from "#lib/api-client/stream/open-source.ts";

const names = ["progress", "playable", "ready", "failed", "changed", "deleted", "watched", "notification"];

/** Opens `GET /me/events` with what is wanted. */
export const openMyEvents: OpenStream = ({ account, videos, watched }, handlers) => {
  const query = new URLSearchParams({
    account,
    ...(videos ? {} : { only: "notifications" }),
    ...(watched.length === 0 ? {} : { watch: watched.join() }),
  });
  return openSource(`/me/events?${query}`, { names, ...handlers });
};
