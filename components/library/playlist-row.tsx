"use client";

import { ArrowDownToLine, ArrowUpToLine, EllipsisVertical, GripVertical, Trash2, VideoOff } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Handle } from "#components/library/use-sorting.ts";
import { classNames } from "#components/ui/class-names.ts";
import { Dotted } from "#components/ui/dotted.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { Age } from "#components/video/age.tsx";
import { Poster } from "#components/video/poster.tsx";
import type { PlaylistItemDto } from "#lib/library/dto.ts";
import type { VideoDto } from "#lib/videos/dto.ts";

const Video = ({ video, playlistId }: { video: VideoDto; playlistId: string }) => (
  <article className="relative flex min-w-0 flex-1 gap-3">
    <Poster video={video} place="list" className="h-fit w-[38%] max-w-[168px] shrink-0 rounded-control" />
    <div className="min-w-0 flex-1">
      <h3 className="line-clamp-2 text-14 font-bold wrap-anywhere">
        <Link
          href={`/watch/${video.id}?list=${playlistId}`}
          prefetch={false}
          className="outline-none after:absolute after:inset-0 after:rounded-control focus-visible:after:outline-2 focus-visible:after:outline-offset-2 focus-visible:after:outline-accent"
        >
          {video.title}
        </Link>
      </h3>
      <p className="mt-1 text-12 text-muted">
        <Dotted>
          <Link href={`/@${video.channel.handle}`} prefetch={false} className="truncate hover:text-ink">
            {video.channel.name}
          </Link>
          <Age date={video.publishedAt ?? video.createdAt} />
        </Dotted>
      </p>
    </div>
  </article>
);

const Gone = () => {
  const t = useTranslations("library.list");
  return (
    <div className="flex min-w-0 flex-1 items-center gap-3 text-14 text-muted">
      <span className="flex aspect-video w-[38%] max-w-[168px] shrink-0 items-center justify-center rounded-control bg-raised">
        <VideoOff aria-hidden size={20} strokeWidth={1.75} />
      </span>
      {t("gone")}
    </div>
  );
};

/** What the owner may do with a row. */
export type RowTools = {
  handle: Handle;
  held: boolean;
  onMove: (place: "top" | "bottom") => void;
  onRemove: () => void;
};

const Tools = ({ title, tools }: { title: string; tools: RowTools }) => {
  const t = useTranslations("library.list");
  return (
    <Menu
      trigger={
        <IconButton size="small" label={t("menu", { title })}>
          <EllipsisVertical aria-hidden strokeWidth={1.75} />
        </IconButton>
      }
    >
      <MenuItem icon={<ArrowUpToLine aria-hidden />} onSelect={() => tools.onMove("top")}>
        {t("top")}
      </MenuItem>
      <MenuItem icon={<ArrowDownToLine aria-hidden />} onSelect={() => tools.onMove("bottom")}>
        {t("bottom")}
      </MenuItem>
      <MenuItem icon={<Trash2 aria-hidden />} tone="danger" onSelect={tools.onRemove}>
        {t("remove")}
      </MenuItem>
    </Menu>
  );
};

/** A place in a playlist: its video, or that it is gone; with `tools` for the owner, a handle and a menu. */
export const PlaylistRow = ({
  item,
  playlistId,
  tools,
}: {
  item: PlaylistItemDto;
  playlistId: string;
  tools: RowTools | null;
}) => {
  const t = useTranslations("library.list");
  const title = item.video?.title ?? t("gone");
  return (
    <li
      className={classNames(
        "flex items-center gap-1 rounded-control py-1.5 pr-1",
        tools?.held === true && "bg-raised shadow-float",
      )}
    >
      {tools === null ? null : (
        <button
          type="button"
          aria-label={t("move", { title })}
          aria-pressed={tools.held}
          {...tools.handle}
          className="flex h-11 w-8 shrink-0 cursor-grab touch-none items-center justify-center rounded-control text-faint hover:text-ink active:cursor-grabbing"
        >
          <GripVertical aria-hidden size={18} strokeWidth={1.75} />
        </button>
      )}
      {item.video === null ? <Gone /> : <Video video={item.video} playlistId={playlistId} />}
      {tools === null ? null : <Tools title={title} tools={tools} />}
    </li>
  );
};
