"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useId, useState } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { controlClass } from "#components/ui/control-class.ts";

/** What a `TagInput` takes. */
export type TagInputProps = {
  value: readonly string[];
  onChange: (tags: string[]) => void;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  /** Most tags that fit. */
  max?: number;
  /** Longest tag. */
  maxLength?: number;
};

const cleaned = (text: string, maxLength: number) => text.trim().replace(/^#/, "").slice(0, maxLength);

/** Adds what was typed or pasted, split at commas, each tag once whatever its case. */
const withAdded = (tags: readonly string[], text: string, { max, maxLength }: { max: number; maxLength: number }) => {
  const result = [...tags];
  for (const part of text.split(",")) {
    const tag = cleaned(part, maxLength);
    const known = result.some((other) => other.toLowerCase() === tag.toLowerCase());
    if (tag !== "" && !known && result.length < max) result.push(tag);
  }
  return result;
};

/** Words as chips: Enter or a comma adds one, Backspace in the empty box takes the last one away. */
export const TagInput = ({ value, onChange, label, hint, error, max = 30, maxLength = 50 }: TagInputProps) => {
  const t = useTranslations("common");
  const id = useId();
  const [draft, setDraft] = useState("");
  const commit = () => {
    if (draft.trim() !== "") onChange(withAdded(value, draft, { max, maxLength }));
    setDraft("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && draft.trim() !== "") {
      event.preventDefault();
      commit();
    } else if (event.key === "Backspace" && draft === "" && value.length > 0) onChange(value.slice(0, -1));
  };
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-14 font-medium">
        {label}
      </label>
      <div className={classNames(controlClass, "flex min-h-9 flex-wrap items-center gap-1.5 p-1.5")}>
        {value.map((tag) => (
          <span key={tag} className="flex h-6 items-center gap-0.5 rounded-xs bg-hover pl-2 text-13">
            {tag}
            <button
              type="button"
              aria-label={t("removeTag", { tag })}
              onClick={() => onChange(value.filter((other) => other !== tag))}
              className="flex size-6 items-center justify-center rounded-xs text-muted hover:text-ink"
            >
              <X aria-hidden size={14} strokeWidth={1.75} />
            </button>
          </span>
        ))}
        <input
          id={id}
          value={draft}
          disabled={value.length >= max}
          maxLength={maxLength}
          aria-invalid={error === undefined ? undefined : true}
          aria-describedby={`${id}-note`}
          onChange={(event) => {
            const text = event.target.value;
            if (!text.includes(",")) return setDraft(text);
            onChange(withAdded(value, text, { max, maxLength }));
            setDraft("");
          }}
          onKeyDown={onKeyDown}
          onBlur={commit}
          className="h-6 min-w-24 flex-1 bg-transparent px-1.5 text-14 outline-none"
        />
      </div>
      <p id={`${id}-note`} className={classNames("text-13", error === undefined ? "text-muted" : "text-danger")}>
        {error ?? hint}
      </p>
    </div>
  );
};
