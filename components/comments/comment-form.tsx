"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { controlClass } from "#components/ui/control-class.ts";
import { ApiError } from "#lib/api-client/api-error.ts";

/** The longest comment; the server refuses longer ones. */
const most = 5_000;

/** A field for a comment, an answer or other words. What could not be sent stays in it. Ctrl and Enter send, Escape gives up. */
export const CommentForm = ({
  label,
  initial = "",
  submitLabel,
  opened = false,
  onSend,
  onCancel,
}: {
  label: string;
  initial?: string;
  submitLabel: string;
  /** Shows its buttons and takes the focus at once. */
  opened?: boolean;
  /** Throws when it was not taken. */
  onSend: (text: string) => Promise<void>;
  onCancel?: () => void;
}) => {
  const [t, common, id] = [useTranslations("people.comments"), useTranslations("common"), useId()];
  const [text, setText] = useState(initial);
  const [open, setOpen] = useState(opened);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  // It came with the person's own press on Reply or Edit.
  useEffect(() => {
    if (opened) field.current?.focus();
  }, [opened]);
  const trimmed = text.trim();
  const over = [...trimmed].length - most;
  const send = async () => {
    if (trimmed === "" || over > 0 || busy) return;
    setBusy(true);
    setProblem(null);
    // The field is free for the next one while this one travels.
    setText("");
    try {
      await onSend(trimmed);
      setOpen(opened);
    } catch (error) {
      setText((typed) => (typed === "" ? trimmed : `${trimmed}\n${typed}`));
      setProblem(error instanceof ApiError && error.code === "rate_limited" ? t("tooMany") : t("notSent"));
    } finally {
      setBusy(false);
    }
  };
  const close = () => {
    setText(initial);
    setOpen(false);
    setProblem(null);
    onCancel?.();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send();
    if (event.key === "Escape") close();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  const notice = over > 0 ? t("tooLong", { most, count: over }) : problem;
  return (
    <form onSubmit={onSubmit} className="flex min-w-0 flex-1 flex-col gap-2">
      <textarea
        aria-label={label}
        aria-describedby={`${id}-hint`}
        aria-invalid={notice === null ? undefined : true}
        placeholder={label}
        rows={1}
        ref={field}
        value={text}
        onFocus={() => setOpen(true)}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        className={`${controlClass} field-sizing-content max-h-[50vh] min-h-9 resize-none px-3 py-1.5 leading-5`}
      />
      <p role={notice === null ? undefined : "alert"} className={notice === null ? "sr-only" : "text-13 text-danger"}>
        {notice}
      </p>
      {open ? (
        <div className="flex flex-wrap items-center justify-end gap-2">
          <p id={`${id}-hint`} className="mr-auto text-12 text-muted">
            {t("writeHint")}
          </p>
          <Button variant="ghost" size="small" onClick={close}>
            {common("cancel")}
          </Button>
          <Button type="submit" variant="primary" size="small" disabled={trimmed === "" || over > 0} busy={busy}>
            {submitLabel}
          </Button>
        </div>
      ) : null}
    </form>
  );
};
