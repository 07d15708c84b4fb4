"use client";

import { Plus, RotateCcw, Timer, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, type KeyboardEvent, useRef } from "react";
import { Button } from "#components/ui/button.tsx";
import { controlClass } from "#components/ui/control-class.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { VideoDto } from "#lib/videos/dto.ts";
import type { ChapterDraft, ChapterFault } from "./chapter-draft.ts";
import { EditorSection } from "./editor-section.tsx";
import { useChapters } from "./use-chapters.ts";

const ChapterRow = (props: {
  row: ChapterDraft;
  number: number;
  fault: ChapterFault | undefined;
  /** What the server refused, in words. */
  refused: string | undefined;
  onNudge: (bySeconds: number) => void;
  onBeginHere: () => void;
  onChange: (part: Partial<Pick<ChapterDraft, "time" | "title">>) => void;
  onRemove: () => void;
}) => {
  const t = useTranslations("texts.chapters");
  const { row, number, fault, refused, onNudge, onBeginHere, onChange, onRemove } = props;
  const told = [fault?.time, fault?.title].flatMap((key) => (key === undefined ? [] : [t(key)]));
  const words = [...told, ...(refused === undefined ? [] : [refused])].join(" ");
  const onTimeKey = (event: KeyboardEvent) => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    onNudge((event.key === "ArrowUp" ? 1 : -1) * (event.shiftKey ? 10 : 1));
  };
  const faultId = `chapter-fault-${row.key}`;
  return (
    <li className="flex flex-col gap-1">
      <div className="flex items-center gap-2">
        <input
          aria-label={t("timeOf", { number })}
          aria-invalid={fault?.time !== undefined || refused !== undefined || undefined}
          aria-describedby={words === "" ? undefined : faultId}
          value={row.time}
          inputMode="numeric"
          autoComplete="off"
          onChange={(event) => onChange({ time: event.target.value })}
          onKeyDown={onTimeKey}
          title={t("timeKeys")}
          className={`${controlClass} tabular h-9 w-24! shrink-0 px-3`}
        />
        <input
          aria-label={t("nameOf", { number })}
          aria-invalid={fault?.title !== undefined || undefined}
          aria-describedby={words === "" ? undefined : faultId}
          value={row.title}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => onChange({ title: event.target.value })}
          className={`${controlClass} h-9 min-w-0 flex-1 px-3`}
        />
        <IconButton label={t("beginHere", { number })} onClick={onBeginHere}>
          <Timer aria-hidden size={20} strokeWidth={1.75} />
        </IconButton>
        <IconButton label={t("remove", { number })} onClick={onRemove}>
          <X aria-hidden size={20} strokeWidth={1.75} />
        </IconButton>
      </div>
      {words === "" ? null : (
        <p id={faultId} className="text-13 text-danger">
          {words}
        </p>
      )}
    </li>
  );
};

/** The video's chapters as rows; Enter saves, a new row begins where the preview stands. */
export const ChaptersSection = ({ video }: { video: VideoDto }) => {
  const t = useTranslations("texts.chapters");
  const chapters = useChapters(video);
  const list = useRef<HTMLOListElement>(null);
  const { rows, origin, dirty, saving } = chapters;
  const add = () => {
    chapters.add();
    // The new row's title is what one types next.
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>("li:last-child input:last-of-type")?.focus());
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void chapters
      .save()
      .then(() =>
        requestAnimationFrame(() => list.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus()),
      );
  };
  return (
    <EditorSection id="chapters" title={t("title")} about={t("about")}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-3">
        {rows.length > 0 && (origin === "file" || origin === "description") ? (
          <p className="text-13 text-muted">{t(origin === "file" ? "fromFile" : "fromDescription")}</p>
        ) : null}
        {rows.length === 0 && chapters.ready ? (
          <p className="text-14 text-muted">{t(origin === "editor" && !dirty ? "noneWanted" : "none")}</p>
        ) : null}
        {rows.length === 0 ? null : (
          <div aria-hidden className="-mb-2 flex gap-2 text-12 text-muted">
            <span className="w-24 shrink-0">{t("time")}</span>
            <span>{t("name")}</span>
          </div>
        )}
        <ol ref={list} className="flex flex-col gap-2 empty:hidden">
          {rows.map((row, index) => (
            <ChapterRow
              key={row.key}
              row={row}
              number={index + 1}
              fault={chapters.faults.get(row.key)}
              refused={chapters.refused.get(row.key)}
              onNudge={(bySeconds) => chapters.nudge(row, bySeconds)}
              onBeginHere={() => chapters.beginHere(row.key)}
              onChange={(part) => chapters.change(row.key, part)}
              onRemove={() => chapters.remove(row.key)}
            />
          ))}
        </ol>
        <div className="flex flex-wrap items-center gap-2">
          <Button onClick={add} disabled={!chapters.ready} title={t("addHint")}>
            <Plus aria-hidden strokeWidth={1.75} />
            {t("add")}
          </Button>
          {dirty || saving ? (
            <Button type="submit" variant="primary" busy={saving}>
              {t("save")}
            </Button>
          ) : null}
          {origin === "editor" && !dirty ? (
            <Button variant="ghost" busy={saving} onClick={() => void chapters.reset()} title={t("resetHint")}>
              <RotateCcw aria-hidden strokeWidth={1.75} />
              {t("reset")}
            </Button>
          ) : null}
        </div>
      </form>
    </EditorSection>
  );
};
