"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { CaptionDto } from "#lib/captions/dto.ts";
import type { CaptionScriptDto } from "#lib/captions/script/dto.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { LeaveGuard } from "../editor/leave-guard.tsx";
import { CueForm } from "./cue-form.tsx";
import { CueRows } from "./cue-rows.tsx";
import { DraftPlayer } from "./draft-player.tsx";
import { ScriptTools } from "./script-tools.tsx";
import { useCueDeeds } from "./use-cue-deeds.ts";
import { useEditorKeys } from "./use-editor-keys.ts";
import { useMediaClock } from "./use-media-clock.ts";
import { type Script, useScript } from "./use-script.ts";

const Head = ({
  video,
  caption,
  script,
  onSave,
}: {
  video: VideoDto;
  caption: CaptionDto;
  script: Script;
  onSave: () => void;
}) => {
  const t = useTranslations("caption-editor");
  const { dirty, saving } = script;
  return (
    <div className="sticky top-14 z-20 -mx-4 flex flex-wrap items-center gap-x-4 gap-y-2 bg-bg px-4 py-3 md:-mx-6 md:px-6">
      <div className="min-w-0 flex-1">
        <Link
          href={`/studio/videos/${video.id}#captions`}
          className="-ml-0.5 flex w-fit max-w-full items-center gap-1.5 rounded-xs text-13 text-muted hover:text-ink"
        >
          <ArrowLeft aria-hidden size={16} strokeWidth={1.75} className="shrink-0" />
          <span className="truncate">{video.title}</span>
        </Link>
        <h1 className="truncate text-20 font-bold">{t("heading", { name: caption.label })}</h1>
      </div>
      <p role="status" className="text-13 text-muted max-sm:sr-only">
        {saving ? t("saving") : dirty ? t("unsaved") : t("saved")}
      </p>
      <Button variant="primary" busy={saving} onClick={onSave} title={t("saveHint")}>
        {t("save")}
      </Button>
    </div>
  );
};

/** Somebody else saved the track meanwhile: nothing typed here is lost, whichever is chosen. */
const ConflictDialog = ({ script }: { script: Script }) => {
  const t = useTranslations("caption-editor");
  return (
    <Dialog
      open={script.conflict}
      onOpenChange={(open) => {
        if (!open) script.closeConflict();
      }}
      title={t("conflictTitle")}
      description={t("conflictText")}
      actions={
        <>
          <Button variant="danger" onClick={() => void script.keepMine()}>
            {t("keepMine")}
          </Button>
          <Button variant="primary" onClick={() => void script.takeTheirs()}>
            {t("takeTheirs")}
          </Button>
        </>
      }
    />
  );
};

/** Edits the captions of one track beside the video that they are spoken in. */
export const CaptionEditor = (props: { video: VideoDto; caption: CaptionDto; start: CaptionScriptDto }) => {
  const { video, caption, start } = props;
  const t = useTranslations("caption-editor");
  const frame = useRef<HTMLDivElement>(null);
  const words = useRef<HTMLTextAreaElement>(null);
  const clock = useMediaClock(frame);
  const script = useScript({ videoId: video.id, captionId: caption.id, start });
  const deeds = useCueDeeds({ script, clock, words });
  const { cues } = script;
  const { chosen, cue } = deeds;
  const save = () => void deeds.save();
  const onKeyDown = useEditorKeys({ save, undo: script.undo, redo: script.redo, toggle: clock.toggle });
  const faulty = new Set([...script.faults.keys(), ...script.refused.keys()]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the whole page, each of which a button has too
    <div className="mx-auto max-w-[1400px] px-4 pb-10 md:px-6" onKeyDown={onKeyDown}>
      <Head {...{ video, caption, script }} onSave={save} />
      <div className="grid gap-x-8 gap-y-6 pt-3 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-5">
          <DraftPlayer video={video} frame={frame} words={cues[deeds.active]?.text ?? ""} language={caption.language} />
          {cue === undefined ? (
            <p className="text-14 text-muted">{cues.length === 0 ? t("empty") : t("chooseOne")}</p>
          ) : (
            <CueForm
              {...{ cue, words, number: chosen + 1, isLast: chosen === cues.length - 1 }}
              fault={script.faults.get(cue.key)}
              refused={script.refused.get(cue.key)}
              nowMs={clock.nowMs}
              onChange={deeds.change}
              onSplit={deeds.split}
              onMerge={deeds.merge}
              onRemove={deeds.remove}
              onStep={deeds.step}
            />
          )}
        </div>
        <div className="flex min-w-0 flex-col gap-3">
          <ScriptTools
            empty={cues.length === 0}
            follow={deeds.follow}
            onFollow={deeds.setFollow}
            undo={script.canUndo ? script.undo : null}
            redo={script.canRedo ? script.redo : null}
            onInsert={deeds.insert}
            onShift={deeds.shift}
            onFind={deeds.find}
          />
          <CueRows
            {...{ cues, chosen, active: deeds.active, faulty }}
            follow={deeds.follow && clock.playing}
            onChoose={deeds.choose}
            onOpen={() => words.current?.focus()}
            onRemove={deeds.remove}
          />
          <p className="text-13 text-muted">{t("keys")}</p>
        </div>
      </div>
      <ConflictDialog script={script} />
      <LeaveGuard active={script.dirty} />
    </div>
  );
};
