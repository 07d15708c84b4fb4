"use client";

import { SlidersHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { toast } from "#components/ui/toast.tsx";
import { uploadWishes } from "#components/uploader/upload-session.ts";
import { countUploadWishes } from "#components/uploader/upload-wishes.ts";
import type { WatermarkDto } from "#lib/watermarks/dto.ts";
import { useWatermarkList } from "../editor/watermark/use-watermarks.ts";
import { usualPlacement } from "../editor/watermark/usual-placement.ts";
import { WatermarkDialog } from "../editor/watermark/watermark-dialog.tsx";
import { useUploadChannel } from "../use-upload-channel.ts";
import { UploadOptionsForm } from "./upload-options-form.tsx";
import { useUploadDefaults, useUploadWishes } from "./use-upload-defaults.ts";

/**
 * Wishes for a new mark as soon as it is drawn: an upload with one that is not would be refused. It stands beside the form,
 * because who has made a mark closes the form at once and drops a file.
 */
const ComingMark = ({ markId, onEnd }: { markId: string; onEnd: () => void }) => {
  const { channelId } = useUploadChannel();
  const { list } = useWatermarkList({ channelId });
  const mark = list?.items.find(({ id }) => id === markId);
  useEffect(() => {
    if (mark === undefined || mark.state === "drawing") return;
    if (mark.state === "ready") uploadWishes.wish({ watermark: mark.id });
    if (mark.failure !== null) toast({ title: mark.failure.message, description: mark.failure.hint, tone: "danger" });
    onEnd();
  }, [mark, onEnd]);
  return null;
};

/** A chosen mark that was deleted meanwhile would have every upload refused. */
const useForgetGone = (items: readonly WatermarkDto[] | undefined) => {
  const { watermark } = useUploadWishes();
  useEffect(() => {
    if (items === undefined || watermark === "usual" || watermark === "none") return;
    if (!items.some(({ id }) => id === watermark)) uploadWishes.wish({ watermark: "usual" });
  }, [items, watermark]);
};

const Open = (props: { onDialog: (open: boolean) => void; dialog: boolean; onMade: (markId: string) => void }) => {
  const { onDialog, dialog, onMade } = props;
  const { channelId } = useUploadChannel();
  const defaults = useUploadDefaults(channelId);
  const marks = useWatermarkList({ channelId });
  const items = marks.list?.items;
  useForgetGone(items);
  const again = () => {
    defaults.load();
    marks.load();
  };
  return (
    <>
      <UploadOptionsForm
        defaults={defaults}
        list={marks.list}
        failed={defaults.failed || marks.failed}
        onAgain={again}
        onNewMark={() => onDialog(true)}
      />
      {dialog ? (
        <WatermarkDialog
          mark={null}
          placement={usualPlacement}
          mayOffer={marks.list?.mayOffer ?? false}
          channelId={channelId}
          onClose={() => {
            marks.load();
            onDialog(false);
          }}
          onSaved={(mark) => {
            marks.keep(mark);
            onMade(mark.id);
            onDialog(false);
          }}
        />
      ) : null}
    </>
  );
};

/** What is wished of the next uploads; the button says how much of it differs from the usual. */
export const UploadOptions = ({ align = "end" }: { align?: "center" | "end" }) => {
  const t = useTranslations("studio.uploadOptions");
  const count = countUploadWishes(useUploadWishes());
  const [open, setOpen] = useState(false);
  const [dialog, setDialog] = useState(false);
  const [comingId, setComingId] = useState<string | null>(null);
  const onEnd = useCallback(() => setComingId(null), []);
  return (
    <>
      {comingId === null ? null : <ComingMark key={comingId} markId={comingId} onEnd={onEnd} />}
      <Popover
        open={open}
        // The form stays while a new mark is made in the dialog over it.
        onOpenChange={(next) => setOpen(next || dialog)}
        align={align}
        title={t("label")}
        trigger={
          <Button className={align === "end" ? "max-sm:shrink-0 max-sm:px-2" : undefined}>
            <SlidersHorizontal aria-hidden strokeWidth={1.75} />
            <span className={align === "end" ? "max-sm:sr-only" : undefined}>{t("button")}</span>
            {count === 0 ? null : (
              <span className="tabular rounded-xs bg-accent px-1.5 text-12 font-bold text-on-accent">
                <span aria-hidden>{count}</span>
                <span className="sr-only">{t("chosen", { count })}</span>
              </span>
            )}
          </Button>
        }
      >
        <Open dialog={dialog} onDialog={setDialog} onMade={setComingId} />
      </Popover>
    </>
  );
};
