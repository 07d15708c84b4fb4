"use client";

import { Pencil } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";

const mostLetters = 200;

/** The title as a text box: Enter keeps, Escape leaves all as it was, leaving the box keeps. */
const TitleBox = ({ title, onDone }: { title: string; onDone: (title: string | null) => void }) => {
  const t = useTranslations("studio");
  const box = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState(title);
  const done = useRef(false);
  useEffect(() => {
    box.current?.focus();
    box.current?.select();
  }, []);
  const finish = (text: string | null) => {
    // Enter takes the box away, which would count as leaving it.
    if (done.current) return;
    done.current = true;
    const trimmed = text?.trim() ?? "";
    onDone(trimmed === "" || trimmed === title ? null : trimmed);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") finish(draft);
    if (event.key === "Escape") finish(null);
  };
  return (
    <input
      ref={box}
      value={draft}
      maxLength={mostLetters}
      aria-label={t("titleOf", { title })}
      onChange={(event) => setDraft(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => finish(draft)}
      className="h-8 w-full rounded-sm border border-accent bg-raised px-2 text-14 font-medium outline-none"
    />
  );
};

/** What a `RowTitle` takes. */
export type RowTitleProps = {
  title: string;
  /** Where the title leads; null while the server does not know the video. */
  href: string | null;
  editing: boolean;
  onEdit: (editing: boolean) => void;
  onRename: (title: string) => void;
  /** The quiet line under the title. */
  facts: ReactNode;
};

/** A row's title, two lines at most, and its facts; the pencil after them renames in place. */
export const RowTitle = ({ title, href, editing, onEdit, onRename, facts }: RowTitleProps) => {
  const t = useTranslations("studio");
  const pencil = useRef<HTMLButtonElement>(null);
  const finish = (next: string | null) => {
    onEdit(false);
    if (next !== null) onRename(next);
    requestAnimationFrame(() => pencil.current?.focus());
  };
  const words = <span className="line-clamp-2 break-words">{title}</span>;
  const shown =
    href === null ? (
      <span className="block text-14 font-medium">{words}</span>
    ) : (
      <Link href={href} className="block rounded-xs py-0.5 text-14 font-medium hover:underline">
        {words}
      </Link>
    );
  return (
    <>
      {editing ? <TitleBox title={title} onDone={finish} /> : shown}
      <div className="relative mt-0.5 flex h-6 items-center gap-1">
        {facts}
        <IconButton
          ref={pencil}
          size="small"
          label={t("renameOf", { title })}
          onClick={() => onEdit(true)}
          className="size-6 shrink-0 opacity-0 transition-opacity group-focus-within/row:opacity-100 group-hover/row:opacity-100 focus-visible:opacity-100 pointer-coarse:hidden [&_svg]:size-3.5"
        >
          <Pencil aria-hidden strokeWidth={1.75} />
        </IconButton>
      </div>
    </>
  );
};
