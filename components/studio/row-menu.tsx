"use client";

import {
  ChartNoAxesColumn,
  Download,
  EllipsisVertical,
  Link2,
  MonitorPlay,
  Pause,
  Pencil,
  Play,
  RotateCcw,
  SquarePen,
  Trash2,
  X,
} from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu, MenuItem, MenuLink, MenuSeparator } from "#components/ui/menu.tsx";
import type { VideoDto } from "#lib/videos/dto.ts";
import type { RowActions } from "./row-actions.ts";
import type { RowState } from "./row-state.ts";
import type { StudioRow } from "./studio-row.ts";

type MenuProps = { row: StudioRow; state: RowState; actions: RowActions; onRename: () => void };

/** Address of the kept original, or null while there is none. */
export const originalUrl = (video: VideoDto | null): string | null =>
  video?.assets.find(({ kind }) => kind === "original")?.downloadUrl ?? null;

const VideoItems = ({ video, actions }: { video: VideoDto; actions: RowActions }) => {
  const t = useTranslations("studio");
  const original = originalUrl(video);
  return (
    <>
      {video.playable ? (
        <MenuLink icon={<MonitorPlay aria-hidden strokeWidth={1.75} />} render={<Link href={`/watch/${video.id}`} />}>
          {t("watch")}
        </MenuLink>
      ) : null}
      <MenuLink
        icon={<SquarePen aria-hidden strokeWidth={1.75} />}
        render={<Link href={`/studio/videos/${video.id}`} />}
      >
        {t("editDetails")}
      </MenuLink>
      {video.playable ? (
        <MenuLink
          icon={<ChartNoAxesColumn aria-hidden strokeWidth={1.75} />}
          render={<Link href={`/studio/videos/${video.id}/analytics`} />}
        >
          {t("analytics")}
        </MenuLink>
      ) : null}
      <MenuItem icon={<Link2 aria-hidden strokeWidth={1.75} />} onSelect={actions.copyLink}>
        {t("copyLink")}
      </MenuItem>
      {original === null ? null : (
        <MenuLink icon={<Download aria-hidden strokeWidth={1.75} />} render={<a href={original} download />}>
          {t("downloadOriginal")}
        </MenuLink>
      )}
    </>
  );
};

/** Whether the kept file may be processed anew: nothing is being made of it right now. */
const mayProcess = ({ video }: StudioRow, state: RowState): boolean =>
  originalUrl(video) !== null && (state.kind === "failed" || (state.kind === "ready" && state.improving === null));

const UploadItems = ({ state, actions }: Pick<MenuProps, "state" | "actions">) => {
  const t = useTranslations("studio");
  const moves = state.kind === "starting" || state.kind === "uploading" || state.kind === "reconnecting";
  return (
    <>
      {moves ? (
        <MenuItem icon={<Pause aria-hidden strokeWidth={1.75} />} onSelect={actions.pause}>
          {t("pauseUpload")}
        </MenuItem>
      ) : null}
      {state.kind === "paused" ? (
        <MenuItem icon={<Play aria-hidden strokeWidth={1.75} />} onSelect={actions.resume}>
          {t("resumeUpload")}
        </MenuItem>
      ) : null}
      <MenuItem icon={<X aria-hidden strokeWidth={1.75} />} tone="danger" onSelect={actions.cancelUpload}>
        {t("cancelUpload")}
      </MenuItem>
    </>
  );
};

const uploadKinds = new Set<RowState["kind"]>([
  "starting",
  "uploading",
  "paused",
  "reconnecting",
  "uploadProblem",
  "unfinished",
]);

/** Everything that can be done with one video. */
export const RowMenu = ({ row, state, actions, onRename }: MenuProps) => {
  const t = useTranslations("studio");
  return (
    <Menu
      trigger={
        <IconButton label={t("actionsFor", { title: row.title })}>
          <EllipsisVertical aria-hidden size={20} strokeWidth={1.75} />
        </IconButton>
      }
    >
      {row.video === null ? null : <VideoItems video={row.video} actions={actions} />}
      <MenuItem icon={<Pencil aria-hidden strokeWidth={1.75} />} onSelect={onRename}>
        {t("rename")}
      </MenuItem>
      {mayProcess(row, state) ? (
        <MenuItem icon={<RotateCcw aria-hidden strokeWidth={1.75} />} onSelect={actions.retry}>
          {t(state.kind === "failed" ? "retry" : "processAgain")}
        </MenuItem>
      ) : null}
      <MenuSeparator />
      {uploadKinds.has(state.kind) ? (
        <UploadItems state={state} actions={actions} />
      ) : (
        <MenuItem icon={<Trash2 aria-hidden strokeWidth={1.75} />} tone="danger" onSelect={actions.remove}>
          {t("delete")}
        </MenuItem>
      )}
    </Menu>
  );
};
