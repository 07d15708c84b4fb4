"use client";

import { Pencil, Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Select } from "#components/ui/select.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { toast } from "#components/ui/toast.tsx";
import { deleteWatermark, patchWatermark } from "#lib/api-client/watermarks.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import type { VideoWatermarkDto, WatermarkDto, WatermarkListDto } from "#lib/watermarks/dto.ts";
import { useReportError } from "../../use-report-error.ts";
import { EditorSection } from "../editor-section.tsx";
import { PlacementControls } from "./placement-controls.tsx";
import { noMark, useChoice } from "./use-choice.ts";
import { useVideoWatermark, useWatermarkList } from "./use-watermarks.ts";
import { usualPlacement } from "./usual-placement.ts";
import { WatermarkDialog } from "./watermark-dialog.tsx";
import { WatermarkStage } from "./watermark-stage.tsx";
import { isReplacing, WatermarkWords } from "./watermark-words.tsx";

type Marks = ReturnType<typeof useWatermarkList>;
type Choice = ReturnType<typeof useChoice>;
type Open = "new" | "edit" | "delete" | null;

const useOptions = (items: readonly WatermarkDto[], current: VideoWatermarkDto) => {
  const t = useTranslations("watermarks");
  const carried = current.watermark?.watermarkId;
  const lineOf = (mark: WatermarkDto) => {
    if (mark.state !== "ready") return { description: t(`state.${mark.state}`) };
    if (mark.id === carried) return { description: t("current") };
    return mark.channelId === null ? { description: t("ofInstance") } : {};
  };
  const known = items.map((mark) => ({ value: mark.id, label: mark.name, ...lineOf(mark) }));
  const gone = carried !== undefined && !items.some(({ id }) => id === carried);
  return [
    { value: noMark, label: t("none") },
    ...known,
    ...(gone ? [{ value: carried, label: current.watermark?.design.text ?? t("current") }] : []),
  ];
};

/** The list of marks and what may be done to the chosen one. */
const Chooser = ({
  choice,
  items,
  current,
  onOpen,
}: {
  choice: Choice;
  items: readonly WatermarkDto[];
  current: VideoWatermarkDto;
  onOpen: (what: Open) => void;
}) => {
  const t = useTranslations("watermarks");
  const options = useOptions(items, current);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        label={t("choose")}
        value={choice.chosenId}
        onChange={choice.choose}
        options={options}
        className="min-w-56 flex-1 sm:max-w-80"
      />
      {choice.preset?.editable ? (
        <>
          <IconButton label={t("edit")} onClick={() => onOpen("edit")}>
            <Pencil aria-hidden size={18} strokeWidth={1.75} />
          </IconButton>
          <IconButton label={t("delete")} onClick={() => onOpen("delete")}>
            <Trash2 aria-hidden size={18} strokeWidth={1.75} />
          </IconButton>
        </>
      ) : null}
      <Button onClick={() => onOpen("new")}>
        <Plus aria-hidden strokeWidth={1.75} />
        {t("add")}
      </Button>
    </div>
  );
};

/** What went wrong with the chosen mark's image, or that it is being made. */
const MarkState = ({ mark }: { mark: WatermarkDto | null }) => {
  const t = useTranslations("watermarks");
  if (mark === null || mark.state === "ready") return null;
  return mark.state === "failed" ? (
    <p role="alert" className="text-13 text-danger">
      {mark.failure?.message} {mark.failure?.hint}
    </p>
  ) : (
    <p role="status" className="text-13 text-muted">
      {t(`state.${mark.state}`)}
    </p>
  );
};

const Actions = ({
  choice,
  video,
  current,
  keep,
}: {
  choice: Choice;
  video: VideoDto;
  current: VideoWatermarkDto;
  keep: Marks["keep"];
}) => {
  const t = useTranslations("watermarks");
  const report = useReportError();
  const blocked = isReplacing(video);
  const { preset, placement } = choice;
  const keepPlace = () => {
    if (preset === null || placement === null) return;
    patchWatermark({ watermarkId: preset.id, patch: { placement } }).then((saved) => {
      keep(saved);
      toast({ title: t("savedToPreset") });
    }, report);
  };
  const carried = current.watermark !== null;
  return (
    <div className="flex flex-wrap gap-2">
      {choice.chosenId === noMark ? (
        <Button busy={choice.saving} disabled={!carried || blocked} onClick={() => void choice.apply(noMark)}>
          {t("remove")}
        </Button>
      ) : (
        <Button
          busy={choice.saving}
          disabled={!choice.changed || !choice.usable || blocked}
          onClick={() => void choice.apply(choice.chosenId)}
        >
          {t(current.watermark?.watermarkId === choice.chosenId ? "applyAgain" : "apply")}
        </Button>
      )}
      {preset?.editable && choice.strays ? (
        <Button variant="ghost" onClick={keepPlace}>
          {t("saveToPreset")}
        </Button>
      ) : null}
    </div>
  );
};

const DeleteDialog = ({
  mark,
  onClose,
  onDeleted,
}: {
  mark: WatermarkDto;
  onClose: () => void;
  onDeleted: () => void;
}) => {
  const t = useTranslations("watermarks");
  const report = useReportError();
  const remove = () => deleteWatermark(mark.id).then(onDeleted, report);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("deleteTitle", { name: mark.name })}
      description={t("deleteText")}
      actions={
        <>
          <Button variant="danger" onClick={() => void remove()}>
            {t("delete")}
          </Button>
          <Button variant="primary" onClick={onClose}>
            {t("keep")}
          </Button>
        </>
      }
    />
  );
};

const Dialogs = ({
  channelId,
  open,
  setOpen,
  choice,
  marks,
  list,
}: {
  channelId: string;
  open: Open;
  setOpen: (open: Open) => void;
  choice: Choice;
  marks: Marks;
  list: WatermarkListDto;
}) => {
  const close = () => setOpen(null);
  if (open === null) return null;
  if (open === "delete" && choice.preset !== null) {
    const deleted = () => {
      marks.load();
      choice.choose(noMark);
      close();
    };
    return <DeleteDialog mark={choice.preset} onClose={close} onDeleted={deleted} />;
  }
  const saved = (mark: WatermarkDto) => {
    marks.keep(mark);
    if (open === "new") choice.choose(mark.id);
    close();
  };
  return (
    <WatermarkDialog
      mark={open === "edit" ? choice.preset : null}
      placement={choice.placement ?? usualPlacement}
      mayOffer={list.mayOffer}
      channelId={channelId}
      onClose={() => {
        marks.load();
        close();
      }}
      onSaved={saved}
    />
  );
};

const Loaded = ({
  video,
  list,
  current,
  setCurrent,
  marks,
}: {
  video: VideoDto;
  list: WatermarkListDto;
  current: VideoWatermarkDto;
  setCurrent: (current: VideoWatermarkDto) => void;
  marks: Marks;
}) => {
  const choice = useChoice({ videoId: video.id, items: list.items, current, onSaved: setCurrent });
  const [open, setOpen] = useState<Open>(null);
  const { placement, image } = choice;
  return (
    <>
      <Chooser choice={choice} items={list.items} current={current} onOpen={setOpen} />
      {placement === null ? null : (
        <>
          <MarkState mark={choice.preset} />
          <WatermarkStage video={video} groundUrl={current.groundUrl} mark={{ image, placement }} />
          <PlacementControls value={placement} onChange={choice.place} disabled={choice.saving} />
        </>
      )}
      {placement === null && current.watermark === null ? null : (
        <Actions choice={choice} video={video} current={current} keep={marks.keep} />
      )}
      <WatermarkWords video={video} current={current} changed={choice.changed} />
      <Dialogs channelId={video.channel.id} {...{ open, setOpen, choice, marks, list }} />
    </>
  );
};

/** The mark in the video's picture: chosen or made, placed on a live preview, put on the video. */
export const WatermarkSection = ({ video }: { video: VideoDto }) => {
  const t = useTranslations("watermarks");
  const marks = useWatermarkList({ channelId: video.channel.id });
  const own = useVideoWatermark(video);
  const { list } = marks;
  const { current, setCurrent } = own;
  const again = () => {
    marks.load();
    own.load();
  };
  return (
    <EditorSection id="watermark" title={t("title")} about={t("text")}>
      {list !== null && current !== null ? (
        <Loaded video={video} list={list} current={current} setCurrent={setCurrent} marks={marks} />
      ) : marks.failed || own.failed ? (
        <div className="flex items-center gap-3 text-13 text-muted">
          {t("notLoaded")}
          <Button size="small" onClick={again}>
            {t("again")}
          </Button>
        </div>
      ) : (
        <Skeleton className="h-9 w-80 max-w-full rounded-control" />
      )}
    </EditorSection>
  );
};
