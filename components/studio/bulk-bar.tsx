"use client";

import { Eye, Trash2, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import type { Visibility } from "#lib/videos/dto.ts";
import { useRemoveVideos } from "./row-actions.ts";
import { useStudio } from "./studio-context.tsx";
import { useReportError } from "./use-report-error.ts";
import type { Selection } from "./use-selection.ts";
import { useVisibilityOptions } from "./visibility-select.tsx";

/** What can be done with all chosen videos at once; floats at the lower edge while any is chosen. */
export const BulkBar = ({ selection, onEmptied }: { selection: Selection; onEmptied: () => void }) => {
  const t = useTranslations("studio");
  const { store } = useStudio();
  const failed = useReportError();
  const removeVideos = useRemoveVideos();
  const options = useVisibilityOptions();
  if (!selection.some) return null;
  const { videoIds } = selection;
  const leave = () => {
    selection.clear();
    onEmptied();
  };
  const setVisibility = (visibility: Visibility) =>
    Promise.all(videoIds.map((videoId) => store.patch({ videoId, patch: { visibility } }))).catch(failed);
  return (
    <div
      role="toolbar"
      aria-label={t("selectionTools")}
      className="fixed inset-x-4 bottom-[calc(69px+env(safe-area-inset-bottom))] z-20 mx-auto flex w-fit max-w-[calc(100vw-2rem)] items-center gap-1 rounded-media bg-raised px-2 py-1.5 shadow-float md:bottom-5"
    >
      <span role="status" className="tabular px-2 text-14 whitespace-nowrap">
        {t("selected", { count: videoIds.length })}
      </span>
      <Menu
        side="top"
        align="center"
        trigger={
          <Button variant="ghost" className="text-ink hover:bg-hover max-sm:px-2.5">
            <Eye aria-hidden strokeWidth={1.75} />
            {t("column.visibility")}
          </Button>
        }
      >
        {options.map(({ value, label, icon }) => (
          <MenuItem key={value} icon={icon} onSelect={() => void setVisibility(value)}>
            {label}
          </MenuItem>
        ))}
      </Menu>
      <Button
        variant="danger"
        className="max-sm:px-2.5"
        onClick={() => {
          removeVideos(videoIds);
          leave();
        }}
      >
        <Trash2 aria-hidden strokeWidth={1.75} />
        {t("delete")}
      </Button>
      <IconButton label={t("clearSelection")} onClick={leave} className="hover:bg-hover">
        <X aria-hidden size={18} strokeWidth={1.75} />
      </IconButton>
    </div>
  );
};
