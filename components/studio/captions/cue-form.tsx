"use client";

import { Combine, Scissors, Timer, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type RefObject, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { controlClass } from "#components/ui/control-class.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { readChapterTime } from "../editor/chapter-draft.ts";
import type { CueFault, EditedCue } from "./cue-list.ts";
import { cueClock } from "./cue-time.ts";

type Part = Partial<Omit<EditedCue, "key">>;

/** A time that is taken over once it is left or Enter is pressed; what is no time goes back to what it was. */
const TimeField = (props: {
  label: string;
  ms: number;
  invalid: boolean;
  describedBy: string | undefined;
  nowLabel: string;
  onChange: (ms: number) => void;
  nowMs: () => number;
}) => {
  const { label, ms, invalid, describedBy, nowLabel, onChange, nowMs } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const take = () => {
    const read = typed === null ? null : readChapterTime(typed);
    if (read !== null && read !== ms) onChange(read);
    setTyped(null);
  };
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-1.5">
      <span aria-hidden className="text-13 text-muted">
        {label}
      </span>
      <div className="flex items-center gap-1">
        <input
          aria-label={label}
          aria-invalid={invalid || undefined}
          aria-describedby={describedBy}
          value={typed ?? cueClock(ms)}
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
          onBlur={take}
          onKeyDown={(event) => {
            if (event.key === "Enter") take();
          }}
          className={`${controlClass} tabular h-9 min-w-0 px-3`}
        />
        <IconButton label={nowLabel} onClick={() => onChange(nowMs())}>
          <Timer aria-hidden size={20} strokeWidth={1.75} />
        </IconButton>
      </div>
    </div>
  );
};

/** The chosen caption: its times, its words, and what can be done with it. */
export const CueForm = (props: {
  cue: EditedCue;
  number: number;
  isLast: boolean;
  fault: CueFault | undefined;
  /** What the server refused, in words. */
  refused: string | undefined;
  words: RefObject<HTMLTextAreaElement | null>;
  nowMs: () => number;
  onChange: (part: Part, tag?: string) => void;
  onSplit: (at: number) => void;
  onMerge: () => void;
  onRemove: () => void;
  onStep: (by: 1 | -1) => void;
}) => {
  const t = useTranslations("caption-editor");
  const { cue, number, isLast, fault, refused, words, nowMs, onChange, onSplit, onMerge, onRemove, onStep } = props;
  const told = [fault?.text, fault?.endMs].flatMap((key) => (key === undefined ? [] : [t(key)]));
  const complaint = [...told, ...(refused === undefined ? [] : [refused])].join(" ");
  const describedBy = complaint === "" ? undefined : "cue-complaint";
  const split = () => onSplit(words.current?.selectionStart ?? 0);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) split();
    else if (event.altKey && event.key === "ArrowDown") onStep(1);
    else if (event.altKey && event.key === "ArrowUp") onStep(-1);
    else return;
    event.preventDefault();
  };
  const time = { describedBy, nowMs, invalid: fault?.endMs !== undefined };
  return (
    <section aria-label={t("cueOf", { number })} className="flex flex-col gap-3">
      <div className="flex gap-3">
        <TimeField
          key={`start-${cue.key}`}
          {...time}
          {...{ label: t("start"), nowLabel: t("startNow"), ms: cue.startMs }}
          onChange={(startMs) => onChange({ startMs })}
        />
        <TimeField
          key={`end-${cue.key}`}
          {...time}
          {...{ label: t("end"), nowLabel: t("endNow"), ms: cue.endMs }}
          onChange={(endMs) => onChange({ endMs })}
        />
      </div>
      <div className="flex flex-col gap-1.5">
        <label htmlFor="cue-words" className="text-13 text-muted">
          {t("words")}
        </label>
        <textarea
          id="cue-words"
          ref={words}
          value={cue.text}
          rows={3}
          maxLength={1_000}
          aria-invalid={fault?.text !== undefined || refused !== undefined || undefined}
          aria-describedby={describedBy}
          onChange={(event) => onChange({ text: event.target.value }, `text:${cue.key}`)}
          onKeyDown={onKeyDown}
          className={`${controlClass} min-h-24 resize-y px-3 py-2 text-15 leading-6`}
        />
        {complaint === "" ? (
          <p className="text-13 text-muted">{t("wordsHint")}</p>
        ) : (
          <p id="cue-complaint" className="text-13 text-danger">
            {complaint}
          </p>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button size="small" onClick={split} title={t("splitHint")}>
          <Scissors aria-hidden strokeWidth={1.75} />
          {t("split")}
        </Button>
        <Button size="small" onClick={onMerge} disabled={isLast}>
          <Combine aria-hidden strokeWidth={1.75} />
          {t("merge")}
        </Button>
        <Button size="small" variant="danger" onClick={onRemove}>
          <Trash2 aria-hidden strokeWidth={1.75} />
          {t("remove")}
        </Button>
      </div>
    </section>
  );
};
