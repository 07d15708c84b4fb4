"use client";

import { Bell, Settings } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { NotificationRow } from "#components/notifications/notification-row.tsx";
import { useNotifications } from "#components/notifications/use-notifications.ts";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

/** Beyond it the number would not fit; the list says more. */
const mostShown = 99;

const Badge = ({ unread }: { unread: number }) => {
  const t = useTranslations("notices");
  if (unread === 0) return null;
  return (
    <span
      aria-hidden
      className="absolute -top-0.5 -right-0.5 flex h-4 min-w-4 items-center justify-center rounded-[8px] bg-accent px-1 text-[10px] leading-4 font-bold text-on-accent tabular-nums"
    >
      {unread > mostShown ? t("many", { count: mostShown }) : unread}
    </span>
  );
};

const useBellLabel = (unread: number) => {
  const t = useTranslations("notices");
  if (unread === 0) return t("open");
  return unread > mostShown ? t("openMany", { count: mostShown }) : t("openUnread", { count: unread });
};

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

type Notices = ReturnType<typeof useNotifications>;

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

/** The bell in the top bar: how many notices are unread, live, and the newest of them. On phones it leads to their page. */
export const NotificationBell = ({ account }: { account: string }) => {
  const notices = useNotifications({ account });
  const [open, setOpen] = useState(false);
  const t = useTranslations("notices");
  const label = useBellLabel(notices.unread);
  const { latest } = notices;
  const close = () => setOpen(false);
  const change = (next: boolean) => {
    setOpen(next);
    if (next) void notices.load();
  };
  return (
    <>
      <Link
        href="/notifications"
        aria-label={label}
        className={classNames(
          "relative flex size-10 items-center justify-center rounded-control text-muted md:hidden",
          "hover:bg-raised hover:text-ink",
        )}
      >
        <Bell aria-hidden size={20} strokeWidth={1.75} />
        <Badge unread={notices.unread} />
      </Link>
      <Popover
        open={open}
        onOpenChange={change}
        title={t("title")}
        trigger={
          <IconButton label={label} className="relative max-md:hidden">
            <Bell aria-hidden size={20} strokeWidth={1.75} />
            <Badge unread={notices.unread} />
          </IconButton>
        }
      >
        <div className="pt-2">
          <List notices={notices} onFollow={close} />
          <Footer notices={notices} onFollow={close} />
        </div>
      </Popover>
      <p role="status" className="sr-only">
        {latest === null ? "" : `${latest.title}: ${latest.text}`}
      </p>
    </>
  );
};
