import type { Viewer } from "#lib/accounts/viewer.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { log } from "#lib/log.ts";
import { getNotification, unreadNotifications } from "#lib/notifications/list-notifications.ts";
import { subscribeNotices } from "#lib/notifications/subscribe-notices.ts";
import type { SendEvent } from "#lib/web/streams/event-stream.ts";

/**
 * Sends an account's notices as they come: events named `notification` with the new one (null when some were only read, and
 * at first) and how many are unread.
 */
export const sendNotices = (input: { viewer: Viewer; locale: Locale; send: SendEvent; signal: AbortSignal }): void => {
  const { viewer, locale, send, signal } = input;
  if (viewer === null) return;
  const tell = async (id: string | null) => {
    const notification = id === null ? null : await getNotification({ viewer, id, locale });
    const unread = await unreadNotifications(viewer);
    if (!signal.aborted) send({ name: "notification", data: { notification, unread } });
  };
  // One after the other, so that the last count that is sent is the newest.
  let last = Promise.resolve();
  const onChange = (id: string | null) => {
    last = last
      .then(() => (signal.aborted ? undefined : tell(id)))
      .catch((error: unknown) => {
        log().warn({ "event.action": "stream.event_lost", err: error }, "a notice could not be sent");
      });
  };
  subscribeNotices({ userId: viewer.id, onChange, signal });
};
