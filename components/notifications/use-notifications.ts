"use client";

import { useCallback, useEffect, useState } from "react";
import {
  followNotifications,
  listNotifications,
  type NoticeNews,
  readNotifications,
} from "#lib/api-client/notifications.ts";
import type { NotificationDto, NotificationPageDto } from "#lib/notifications/dto.ts";

/** What is known of the notices: nothing yet, a page of them, or that they could not be read. */
type Notices = { items: readonly NotificationDto[] | null; cursor: string | null; unread: number; failed: boolean };

const pageLength = 20;
const none: Notices = { items: null, cursor: null, unread: 0, failed: false };

const asRead = (items: Notices["items"], ids: readonly string[] | "all") =>
  items?.map((item) =>
    item.readAt === null && (ids === "all" || ids.includes(item.id))
      ? { ...item, readAt: new Date().toISOString() }
      : item,
  ) ?? null;

const withNews = (held: Notices, { notification, unread }: NoticeNews): Notices => {
  const known = notification !== null && held.items?.some(({ id }) => id === notification.id);
  const items = notification === null || known || held.items === null ? held.items : [notification, ...held.items];
  return { ...held, unread, items: unread === 0 ? asRead(items, "all") : items };
};

/**
 * The notices of `account`, the caller's id, live. `first` is what the server has drawn; without it nothing is read before
 * `load`.
 */
export const useNotifications = ({ account, first }: { account: string; first?: NotificationPageDto }) => {
  const [notices, setNotices] = useState<Notices>(
    first === undefined ? none : { items: first.items, cursor: first.nextCursor, unread: first.unread, failed: false },
  );
  const [latest, setLatest] = useState<NotificationDto | null>(null);
  const onNews = useCallback((news: NoticeNews) => {
    setNotices((held) => withNews(held, news));
    if (news.notification !== null) setLatest(news.notification);
  }, []);
  useEffect(() => followNotifications({ account, onNews }), [account, onNews]);

  const take = (page: Promise<NotificationPageDto>, before: readonly NotificationDto[]) =>
    page.then(
      ({ items, nextCursor, unread }) =>
        setNotices({ items: [...before, ...items], cursor: nextCursor, unread, failed: false }),
      () => setNotices((held) => ({ ...held, failed: true })),
    );
  const mark = (ids: readonly string[] | "all") => {
    setNotices((held) => ({ ...held, items: asRead(held.items, ids) }));
    const asked = readNotifications(ids === "all" ? { all: true } : { ids: [...ids] });
    asked.then(
      ({ unread }) => setNotices((held) => ({ ...held, unread })),
      () => setNotices((held) => ({ ...held, failed: true })),
    );
  };
  return {
    ...notices,
    latest,
    /** Reads the newest page. */
    load: () => take(listNotifications({ limit: pageLength }), []),
    /** Reads the next page. */
    more: () =>
      notices.cursor === null
        ? Promise.resolve()
        : take(listNotifications({ limit: pageLength, cursor: notices.cursor }), notices.items ?? []),
    mark,
  };
};
