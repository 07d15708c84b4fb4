"use client";

import { Bell } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { NotificationRow } from "#components/notifications/notification-row.tsx";
import { useNotifications } from "#components/notifications/use-notifications.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { NotificationPageDto } from "#lib/notifications/dto.ts";

/** All notices, the older ones page by page. */
export const NotificationList = ({ account, first }: { account: string; first: NotificationPageDto }) => {
  const t = useTranslations("notices");
  const { items, cursor, unread, failed, more, mark } = useNotifications({ account, first });
  const [busy, setBusy] = useState(false);
  const readMore = async () => {
    setBusy(true);
    await more();
    setBusy(false);
  };
  if (items === null || items.length === 0) {
    return <EmptyState icon={<Bell strokeWidth={1.5} />} title={t("empty")} text={t("emptyText")} />;
  }
  return (
    <>
      {/* Keeps its place when there is nothing left to mark. */}
      <div className="flex h-9 items-center">
        {unread > 0 ? (
          <Button size="small" onClick={() => mark("all")}>
            {t("markAll")}
          </Button>
        ) : null}
      </div>
      <ul className="-mx-2.5 mt-2 flex flex-col gap-0.5">
        {items.map((notice) => (
          <NotificationRow
            key={notice.id}
            notice={notice}
            onFollow={() => {
              if (notice.readAt === null) mark([notice.id]);
            }}
          />
        ))}
      </ul>
      {failed ? (
        <p role="alert" className="mt-3 text-14 text-danger">
          {t("failed")}
        </p>
      ) : null}
      {cursor === null ? null : (
        <Button className="mt-4" busy={busy} onClick={() => void readMore()}>
          {t("more")}
        </Button>
      )}
    </>
  );
};
