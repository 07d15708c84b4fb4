import type { Viewer } from "#lib/accounts/viewer.ts";
import { db, transaction } from "#lib/db/client.ts";
import { notifyNotices } from "#lib/db/queries/notifications/events.ts";
import {
  countUnread,
  findNotification,
  listNotificationRows,
  markNotificationsRead,
} from "#lib/db/queries/notifications/notifications.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { idSchema } from "#lib/ids.ts";
import {
  mostUnread,
  type NotificationDto,
  type NotificationPageDto,
  type NotificationQuery,
  type ReadNotifications,
  type UnreadDto,
} from "#lib/notifications/dto.ts";
import { toNotificationDto } from "#lib/notifications/to-notification-dto.ts";

const accountOf = (viewer: Viewer): string => {
  if (viewer === null) throw new AppError("unauthenticated");
  return viewer.id;
};

const positionOf = (cursor: string | undefined): string | undefined => {
  if (cursor === undefined) return undefined;
  const parsed = idSchema.safeParse(cursor);
  if (parsed.success) return parsed.data;
  throw new AppError("invalid_input", { fields: { cursor: "cursor_unknown" }, cause: parsed.error });
};

/** How many of the caller's notices are unread, counted to `mostUnread`. Throws `unauthenticated`. */
export const unreadNotifications = (viewer: Viewer): Promise<number> =>
  countUnread(db(), { userId: accountOf(viewer), most: mostUnread });

/** The caller's notices, newest first. Throws `unauthenticated`, and `invalid_input` for a cursor that is not ours. */
export const listNotifications = async (input: {
  viewer: Viewer;
  query: NotificationQuery;
  locale: Locale;
}): Promise<NotificationPageDto> => {
  const { viewer, query, locale } = input;
  const { limit } = query;
  const userId = accountOf(viewer);
  const after = positionOf(query.cursor);
  const [rows, unread] = await Promise.all([
    listNotificationRows(db(), { userId, after, limit: limit + 1 }),
    unreadNotifications(viewer),
  ]);
  const page = rows.slice(0, limit);
  return {
    items: page.map((row) => toNotificationDto(row, locale)),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
    unread,
  };
};

/** One of the caller's notices; null when there is none of that id. Throws `unauthenticated`. */
export const getNotification = async (input: {
  viewer: Viewer;
  id: string;
  locale: Locale;
}): Promise<NotificationDto | null> => {
  const row = await findNotification(db(), { userId: accountOf(input.viewer), id: input.id });
  return row === null ? null : toNotificationDto(row, input.locale);
};

/**
 * Marks some or all of the caller's notices as read, and tells the caller's other pages. Ids that are nobody's, or another's,
 * change nothing. Throws `unauthenticated`.
 */
export const readNotifications = (input: { viewer: Viewer; read: ReadNotifications }): Promise<UnreadDto> =>
  transaction(async (tx) => {
    const userId = accountOf(input.viewer);
    const ids = "ids" in input.read ? input.read.ids : "all";
    if (await markNotificationsRead(tx, { userId, ids })) await notifyNotices(tx, { userId, notificationId: null });
    return { unread: await countUnread(tx, { userId, most: mostUnread }) };
  });
