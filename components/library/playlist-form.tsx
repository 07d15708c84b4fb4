"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { toast } from "#components/ui/toast.tsx";
import { ApiError } from "#lib/api-client/api-error.ts";
import type { NewPlaylist } from "#lib/library/dto.ts";

/** A window with a playlist's texts and who sees it. What could not be kept stays in it. */
export const PlaylistForm = ({
  open,
  onOpenChange,
  title,
  submitLabel,
  initial,
  onSubmit,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  submitLabel: string;
  initial: NewPlaylist;
  /** Throws what the server answers. */
  onSubmit: (playlist: NewPlaylist) => Promise<void>;
}) => {
  const [t, common, id] = [useTranslations("library"), useTranslations("common"), useId()];
  const [draft, setDraft] = useState(initial);
  const [busy, setBusy] = useState(false);
  const empty = draft.title.trim() === "";
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (empty || busy) return;
    setBusy(true);
    try {
      await onSubmit(draft);
      onOpenChange(false);
    } catch (error) {
      const known = error instanceof ApiError && common.has(`errors.${error.code}`) ? `errors.${error.code}` : null;
      toast({ tone: "danger", title: known === null ? t("failed") : common(known) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      actions={
        <>
          <Button variant="ghost" onClick={() => onOpenChange(false)}>
            {common("cancel")}
          </Button>
          <Button type="submit" form={id} variant="primary" busy={busy} disabled={empty}>
            {submitLabel}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field name="title" label={t("list.name")}>
          <Input
            value={draft.title}
            maxLength={150}
            onChange={(event) => setDraft({ ...draft, title: event.target.value })}
          />
        </Field>
        <Field name="description" label={t("list.description")}>
          <Textarea
            value={draft.description}
            maxLength={5000}
            onChange={(event) => setDraft({ ...draft, description: event.target.value })}
          />
        </Field>
        <Field name="visibility" label={t("list.visibility")}>
          <Select
            value={draft.visibility}
            options={(["private", "unlisted", "public"] as const).map((value) => ({
              value,
              label: t(`visibility.${value}`),
            }))}
            onChange={(visibility) => setDraft({ ...draft, visibility })}
          />
        </Field>
      </form>
    </Dialog>
  );
};
