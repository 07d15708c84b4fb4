"use client";

import { ChevronDown, ChevronUp, MoveHorizontal, Plus, Redo2, Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { controlClass } from "#components/ui/control-class.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { readShift } from "./cue-time.ts";

/** Moves all captions by what is typed. */
const ShiftForm = ({ disabled, onShift }: { disabled: boolean; onShift: (ms: number) => void }) => {
  const t = useTranslations("caption-editor");
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const ms = readShift(typed);
    setWrong(ms === null);
    if (ms === null) return;
    onShift(ms);
    setOpen(false);
    setTyped("");
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      title={t("shiftTitle")}
      trigger={
        <Button size="small" disabled={disabled}>
          <MoveHorizontal aria-hidden strokeWidth={1.75} />
          {t("shift")}
        </Button>
      }
    >
      <form noValidate onSubmit={submit} className="mt-2 flex flex-col gap-3">
        <label className="flex flex-col gap-1.5 text-13 text-muted">
          {t("shiftBy")}
          <input
            value={typed}
            autoComplete="off"
            placeholder="-1.5"
            aria-invalid={wrong || undefined}
            onChange={(event) => {
              setTyped(event.target.value);
              setWrong(false);
            }}
            className={`${controlClass} tabular h-9 px-3`}
          />
          <span className={wrong ? "text-danger" : undefined}>{wrong ? t("badShift") : t("shiftHint")}</span>
        </label>
        <Button type="submit" variant="primary" className="self-end">
          {t("shiftDo")}
        </Button>
      </form>
    </Popover>
  );
};

/** Looks for words in the captions; Enter goes to the next one that has them, with Shift to the one before. */
const FindField = ({ onFind }: { onFind: (query: string, back: boolean) => boolean }) => {
  const t = useTranslations("caption-editor");
  const [query, setQuery] = useState("");
  const [nothing, setNothing] = useState(false);
  const find = (back: boolean) => setNothing(query.trim() !== "" && !onFind(query, back));
  return (
    <search className="flex min-w-0 flex-1 basis-52 items-center gap-1">
      <input
        type="search"
        aria-label={t("find")}
        placeholder={t("find")}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setNothing(false);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          find(event.shiftKey);
        }}
        className={`${controlClass} h-[30px] min-w-0 px-2.5`}
      />
      <IconButton size="small" label={t("findBefore")} onClick={() => find(true)}>
        <ChevronUp aria-hidden strokeWidth={1.75} />
      </IconButton>
      <IconButton size="small" label={t("findNext")} onClick={() => find(false)}>
        <ChevronDown aria-hidden strokeWidth={1.75} />
      </IconButton>
      <span role="status" className="text-13 text-muted">
        {nothing ? t("nothingFound") : null}
      </span>
    </search>
  );
};

/** What is done with the list as a whole. */
export const ScriptTools = (props: {
  empty: boolean;
  follow: boolean;
  onFollow: (follow: boolean) => void;
  undo: (() => void) | null;
  redo: (() => void) | null;
  onInsert: () => void;
  onShift: (ms: number) => void;
  onFind: (query: string, back: boolean) => boolean;
}) => {
  const t = useTranslations("caption-editor");
  const { empty, follow, onFollow, undo, redo, onInsert, onShift, onFind } = props;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button size="small" onClick={onInsert} title={t("insertHint")}>
        <Plus aria-hidden strokeWidth={1.75} />
        {t("insert")}
      </Button>
      <ShiftForm disabled={empty} onShift={onShift} />
      <IconButton size="small" label={t("undo")} disabled={undo === null} onClick={() => undo?.()}>
        <Undo2 aria-hidden strokeWidth={1.75} />
      </IconButton>
      <IconButton size="small" label={t("redo")} disabled={redo === null} onClick={() => redo?.()}>
        <Redo2 aria-hidden strokeWidth={1.75} />
      </IconButton>
      <FindField onFind={onFind} />
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the box inside is the control */}
      <label className="flex items-center gap-2 text-13">
        <Checkbox checked={follow} onChange={onFollow} label={t("follow")} />
        {t("follow")}
      </label>
    </div>
  );
};
