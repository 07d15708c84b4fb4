import { apiRequest } from "#lib/api-client/request.ts";
import { followMine } from "#lib/api-client/stream/follow-mine.ts";
import type {
  NotificationChoices,
  NotificationDto,
  NotificationPageDto,
  NotificationSettingsDto,
  ReadNotifications,
  UnreadDto,
} from "#lib/notifications/dto.ts";

/** The caller's notices, newest first. Throws `ApiError`. */
export const listNotifications = ({
  cursor,
  limit,
}: {
  cursor?: string;
  limit: number;
}): Promise<NotificationPageDto> => apiRequest({ path: "/me/notifications", query: { limit, cursor } });

/** Marks notices as read. Throws `ApiError`. */
export const readNotifications = (read: ReadNotifications): Promise<UnreadDto> =>
  apiRequest({ path: "/me/notifications/read", method: "POST", body: read });

/** Keeps how the caller wants to hear of some kinds. Throws `ApiError`. */
export const putNotificationChoices = (items: NotificationChoices["items"]): Promise<NotificationSettingsDto> =>
  apiRequest({ path: "/me/notification-settings", method: "PUT", body: { items } });

/** Switches a kind of mail off, by the token in such a mail. Throws `ApiError`. */
export const unsubscribe = (token: string): Promise<void> =>
  apiRequest({ path: `/unsubscribe/${encodeURIComponent(token)}`, method: "POST" });

/** What the stream tells of notices: a new one (null when some were only read) and how many are unread. */
export type NoticeNews = { notification: NotificationDto | null; unread: number };

/** Follows the notices of `account`, the caller's id. Returns the function that ends it. */
export const followNotifications = (input: { account: string; onNews: (news: NoticeNews) => void }): (() => void) =>
  followMine({
    ...{ account: input.account, videos: false, watched: [] },
    onMessage: (name, data) => {
      if (name === "notification") input.onNews(JSON.parse(data) as NoticeNews);
    },
    onOpen: () => undefined,
    onLost: () => undefined,
  });
