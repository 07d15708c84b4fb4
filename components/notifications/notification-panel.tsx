"use client";

import { Settings } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { NotificationRow } from "#components/notifications/notification-row.tsx";
import type { useNotifications } from "#components/notifications/use-notifications.ts";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

type Notices = ReturnType<typeof useNotifications>;

const Waiting = () => {
  const t = useTranslations("notices");
  return (
    <div aria-busy="true" className="flex flex-col gap-2 py-1">
      <span className="sr-only">{t("loading")}</span>
      {[0, 1, 2].map((row) => (
        <Skeleton key={row} className="h-14 w-full" />
      ))}
    </div>
  );
};

const List = ({ notices, onFollow }: { notices: Notices; onFollow: () => void }) => {
  const t = useTranslations("notices");
  const { items, failed, load, mark } = notices;
  if (failed) {
    return (
      <div role="alert" className="flex flex-col items-start gap-3 py-4 text-14">
        <p>{t("failed")}</p>
        <Button size="small" onClick={() => void load()}>
          {t("retry")}
        </Button>
      </div>
    );
  }
  if (items === null) return <Waiting />;
  if (items.length === 0) {
    return (
      <div className="px-4 py-8 text-center">
        <p className="text-15 font-medium">{t("empty")}</p>
        <p className="mt-1 text-13 text-balance text-muted">{t("emptyText")}</p>
      </div>
    );
  }
  return (
    <ul className="-mx-2.5 flex max-h-[min(60dvh,480px)] flex-col overflow-y-auto">
      {items.map((notice) => (
        <NotificationRow
          key={notice.id}
          notice={notice}
          onFollow={() => {
            if (notice.readAt === null) mark([notice.id]);
            onFollow();
          }}
        />
      ))}
    </ul>
  );
};

const Footer = ({ notices, onFollow }: { notices: Notices; onFollow: () => void }) => {
  const t = useTranslations("notices");
  return (
    <div className="mt-2 flex items-center gap-1 border-t border-line pt-2.5">
      <Link
        href="/notifications"
        onClick={onFollow}
        className={buttonClass({ variant: "ghost", size: "small", className: "-ml-2.5" })}
      >
        {t("all")}
      </Link>
      {notices.unread > 0 ? (
        <Button variant="ghost" size="small" onClick={() => notices.mark("all")}>
          {t("markAll")}
        </Button>
      ) : null}
      <Link
        href="/settings/notifications"
        onClick={onFollow}
        aria-label={t("settings")}
        title={t("settings")}
        className={buttonClass({ variant: "ghost", size: "small", className: "-mr-2.5 ml-auto" })}
      >
        <Settings aria-hidden strokeWidth={1.75} />
      </Link>
    </div>
  );
};

/** What the bell opens: the newest notices and the ways to all of them. */
export const NotificationPanel = (props: { notices: Notices; onFollow: () => void }) => (
  <div className="pt-2">
    <List {...props} />
    <Footer {...props} />
  </div>
);
