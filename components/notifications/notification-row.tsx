"use client";

import {
  Bell,
  CircleAlert,
  CircleCheck,
  CircleSlash,
  FileDown,
  HardDrive,
  type LucideIcon,
  MessageSquare,
  Music,
  Play,
  RotateCcw,
  Upload,
  UserPlus,
  Webhook,
} from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { Age } from "#components/video/age.tsx";
import type { NotificationDto } from "#lib/notifications/dto.ts";

const icons: Readonly<Record<string, LucideIcon>> = {
  "upload.finished": Upload,
  "video.playable": Play,
  "video.ready": CircleCheck,
  "video.failed": CircleAlert,
  "audio.ready": Music,
  "quota.near": HardDrive,
  "channel.invitation": UserPlus,
  "video.taken_down": CircleSlash,
  "video.restored": RotateCcw,
  "comment.received": MessageSquare,
  "comment.replied": MessageSquare,
  "video.published": Play,
  "export.ready": FileDown,
  "webhook.disabled": Webhook,
  "account.waiting": UserPlus,
};

const urgent = ["video.failed", "video.taken_down", "webhook.disabled"];

const shape = "flex w-full items-start gap-3 rounded-control px-2.5 py-2.5 text-left transition-colors hover:bg-raised";

/** Each line is cut by itself: a long title leaves the reason below it its place. */
const linesOf = (text: string): string[] => [...new Set(text.split("\n").filter((line) => line !== ""))];

const Words = ({ notice }: { notice: NotificationDto }) => {
  const t = useTranslations("notices");
  const Icon = icons[notice.type] ?? Bell;
  const unread = notice.readAt === null;
  return (
    <>
      <span
        className={classNames(
          "mt-0.5 flex size-8 shrink-0 items-center justify-center rounded-[50%] bg-raised",
          urgent.includes(notice.type) ? "text-danger" : "text-muted",
        )}
      >
        <Icon aria-hidden size={18} strokeWidth={1.75} />
      </span>
      <span className="min-w-0 flex-1">
        <span className={classNames("block text-14", unread ? "font-medium text-ink" : "text-muted")}>
          {notice.title}
        </span>
        {linesOf(notice.text).map((line) => (
          <span key={line} className="line-clamp-2 text-13 wrap-anywhere text-muted">
            {line}
          </span>
        ))}
        <span className="mt-0.5 block text-12 text-faint">
          <Age date={notice.createdAt} />
        </span>
      </span>
      {unread ? (
        <span className="mt-2 size-2 shrink-0 rounded-[50%] bg-accent">
          <span className="sr-only">{t("unread")}</span>
        </span>
      ) : null}
    </>
  );
};

/** One notice: leads to what it speaks of, and is read with that. */
export const NotificationRow = ({ notice, onFollow }: { notice: NotificationDto; onFollow: () => void }): ReactNode => (
  <li>
    {notice.href === null ? (
      <button type="button" onClick={onFollow} className={shape}>
        <Words notice={notice} />
      </button>
    ) : (
      <Link href={notice.href} prefetch={false} onClick={onFollow} className={shape}>
        <Words notice={notice} />
      </Link>
    )}
  </li>
);
