"use client";

import { Bell } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useNotifications } from "#components/notifications/use-notifications.ts";
import { classNames } from "#components/ui/class-names.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { onFirstUse } from "#components/ui/on-first-use.ts";
import { Popover } from "#components/ui/popover.tsx";
import { useOnFirstUse } from "#components/ui/use-on-first-use.ts";

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

// Most pages are read without anybody looking at the notices.
const panel = onFirstUse(() => import("#components/notifications/notification-panel.tsx"));

/** The bell in the top bar: how many notices are unread, live, and the newest of them. On phones it leads to their page. */
export const NotificationBell = ({ account }: { account: string }) => {
  const notices = useNotifications({ account });
  const [open, setOpen] = useState(false);
  const t = useTranslations("notices");
  const label = useBellLabel(notices.unread);
  const { latest } = notices;
  const close = () => setOpen(false);
  const shown = useOnFirstUse(panel, open);
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
        open={open && shown !== null}
        onOpenChange={change}
        title={t("title")}
        trigger={
          <IconButton label={label} onPointerOver={panel.warm} onFocus={panel.warm} className="relative max-md:hidden">
            <Bell aria-hidden size={20} strokeWidth={1.75} />
            <Badge unread={notices.unread} />
          </IconButton>
        }
      >
        {shown === null ? null : <shown.NotificationPanel notices={notices} onFollow={close} />}
      </Popover>
      <p role="status" className="sr-only">
        {latest === null ? "" : `${latest.title}: ${latest.text}`}
      </p>
    </>
  );
};
