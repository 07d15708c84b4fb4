"use client";

import { Download, PenLine, Trash2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { controlClass } from "#components/ui/control-class.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { CaptionDto, CaptionPatch } from "#lib/captions/dto.ts";

const blurOnEnter = (event: KeyboardEvent<HTMLInputElement>) => {
  if (event.key === "Enter") event.currentTarget.blur();
};

const iconLinkClass =
  "inline-flex size-9 items-center justify-center rounded-control text-muted hover:bg-raised hover:text-ink";

/** A small field that saves when it is left; what the server refuses goes back to what it was. */
const SavedField = (props: {
  /** What is written above the field. */
  head: string;
  label: string;
  value: string;
  className: string;
  save: (text: string) => Promise<boolean>;
}) => {
  const { head, label, value, className, save } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const leave = async () => {
    const text = typed?.trim() ?? value;
    if (text !== value) await save(text);
    setTyped(null);
  };
  return (
    <div className={`flex flex-col gap-1 ${className}`}>
      <span aria-hidden className="text-12 text-muted">
        {head}
      </span>
      <input
        aria-label={label}
        value={typed ?? value}
        spellCheck={false}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={blurOnEnter}
        onBlur={() => void leave()}
        className={`${controlClass} h-9 px-3`}
      />
    </div>
  );
};

/** One text track: its name and language as fields, whether it shows unasked, download and delete. */
export const CaptionRow = ({
  videoId,
  caption,
  onEdit,
  onRemove,
}: {
  videoId: string;
  caption: CaptionDto;
  onEdit: (patch: CaptionPatch) => Promise<boolean>;
  onRemove: () => void;
}) => {
  const t = useTranslations("texts.captions");
  const editor = useTranslations("caption-editor");
  const { label: name, language, isDefault, cueCount, origin, downloadUrl } = caption;
  const facts = [
    t("cues", { count: cueCount }),
    origin === "upload" ? null : t(origin === "file" ? "fromFile" : "fromFileEdited"),
  ];
  return (
    <li className="flex flex-wrap items-end gap-x-3 gap-y-2 border-b border-line py-3 first:pt-0 last:border-b-0 last:pb-0">
      <div className="flex min-w-0 flex-1 basis-72 gap-2">
        <SavedField
          head={t("label")}
          label={t("labelOf", { name })}
          value={name}
          className="min-w-0 flex-1"
          save={(label) => onEdit({ label })}
        />
        <SavedField
          head={t("language")}
          label={t("languageOf", { name })}
          value={language}
          className="w-24 shrink-0"
          save={(tag) => onEdit({ language: tag })}
        />
      </div>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the box inside is the control */}
      <label className="flex h-9 items-center gap-2.5 text-14">
        <Checkbox
          checked={isDefault}
          onChange={(checked) => void onEdit({ isDefault: checked })}
          label={t("isDefaultOf", { name })}
        />
        {t("isDefault")}
      </label>
      <div className="flex items-center gap-1">
        <Link
          href={`/studio/videos/${videoId}/captions/${caption.id}`}
          aria-label={editor("edit", { name })}
          title={editor("edit", { name })}
          className={iconLinkClass}
        >
          <PenLine aria-hidden size={20} strokeWidth={1.75} />
        </Link>
        <a
          href={downloadUrl}
          download
          aria-label={t("download", { name })}
          title={t("download", { name })}
          className={iconLinkClass}
        >
          <Download aria-hidden size={20} strokeWidth={1.75} />
        </a>
        <IconButton label={t("delete", { name })} onClick={onRemove}>
          <Trash2 aria-hidden size={20} strokeWidth={1.75} />
        </IconButton>
      </div>
      <p className="tabular w-full text-13 text-muted">{facts.filter(Boolean).join(" · ")}</p>
    </li>
  );
};
