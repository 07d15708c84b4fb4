"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { Select } from "#components/ui/select.tsx";
import { uploadWishes } from "#components/uploader/upload-session.ts";
import type { WatermarkDto } from "#lib/watermarks/dto.ts";
import { useUploadWishes } from "./use-upload-defaults.ts";

/** The mark of the next files: as usual, none, one of the channel's or of the site's, or a new one. */
export const MarkChoice = (props: {
  items: readonly WatermarkDto[];
  /** The mark that uploads carry without a word about it. */
  usualId: string | null;
  onNew: () => void;
}) => {
  const { items, usualId, onNew } = props;
  const t = useTranslations("studio.uploadOptions");
  const w = useTranslations("watermarks");
  const { watermark } = useUploadWishes();
  const usual = items.find(({ id }) => id === usualId)?.name ?? w("none");
  const usable = items.filter(({ state, id }) => state === "ready" || id === watermark);
  const options = [
    { value: "usual", label: usual, description: t("usual") },
    ...(usualId === null ? [] : [{ value: "none", label: w("none") }]),
    ...usable
      .filter(({ id }) => id !== usualId)
      .map(({ id, name, channelId }) => ({
        ...{ value: id, label: name },
        ...(channelId === null ? { description: w("ofInstance") } : {}),
      })),
  ];
  const coming = items.find(({ id, state }) => state === "drawing" && id !== usualId);
  return (
    <div className="flex flex-col gap-1.5">
      <p aria-hidden className="text-14 font-medium">
        {w("choose")}
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <Select
          label={w("choose")}
          value={options.some(({ value }) => value === watermark) ? watermark : "usual"}
          onChange={(next) => uploadWishes.wish({ watermark: next })}
          options={options}
          className="min-w-0 flex-1"
        />
        <Button onClick={onNew} aria-label={w("add")} title={w("add")} className="shrink-0">
          <Plus aria-hidden strokeWidth={1.75} />
          {t("newMark")}
        </Button>
      </div>
      <p role="status" className="text-13 text-muted empty:hidden">
        {coming === undefined ? null : t("coming", { name: coming.name })}
      </p>
    </div>
  );
};
