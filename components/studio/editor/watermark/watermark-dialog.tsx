"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { WatermarkDto, WatermarkPlacement } from "#lib/watermarks/dto.ts";
import { FileChoice } from "./file-choice.tsx";
import { useMarkForm } from "./use-mark-form.ts";

const KindChoice = ({ value, onChange }: { value: "image" | "text"; onChange: (kind: "image" | "text") => void }) => {
  const t = useTranslations("watermarks.dialog");
  const name = useId();
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 text-14 font-medium">{t("kind")}</legend>
      <div className="grid grid-cols-2 gap-1 rounded-control bg-raised p-1">
        {(["text", "image"] as const).map((kind) => (
          <label
            key={kind}
            className="relative flex h-8 cursor-pointer items-center justify-center rounded-xs text-14 text-muted has-checked:bg-surface has-checked:font-medium has-checked:text-ink has-checked:ring-1 has-checked:ring-line has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              checked={kind === value}
              onChange={() => onChange(kind)}
              className="absolute inset-0 size-full cursor-pointer appearance-none opacity-0"
            />
            {t(kind === "image" ? "image" : "words")}
          </label>
        ))}
      </div>
    </fieldset>
  );
};

/** What a `WatermarkDialog` takes; `mark` null makes a new one. It is mounted while it is open. */
export type WatermarkDialogProps = {
  mark: WatermarkDto | null;
  placement: WatermarkPlacement;
  mayOffer: boolean;
  /** Whose a new mark is; the caller's own channel's when absent. */
  channelId?: string;
  onClose: () => void;
  onSaved: (mark: WatermarkDto) => void;
};

/** Makes a mark, or changes its name, text or image. */
export const WatermarkDialog = (props: WatermarkDialogProps) => {
  const { mark, placement, mayOffer, channelId, onClose, onSaved } = props;
  const t = useTranslations("watermarks.dialog");
  const formId = useId();
  const { form, change, errors, saving, save } = useMarkForm({ mark, placement, channelId });
  const [forAll, setForAll] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const shown = event.currentTarget;
    const saved = await save({ forAll });
    if (saved !== null) onSaved(saved);
    else requestAnimationFrame(() => shown.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open && !saving) onClose();
      }}
      title={t(mark === null ? "new" : "edit")}
      actions={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button variant="primary" type="submit" form={formId} busy={saving}>
            {t(mark === null ? "create" : "save")}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-5">
        {mark === null ? <KindChoice value={form.kind} onChange={(kind) => change({ kind })} /> : null}
        {form.kind === "text" ? (
          <Field name="text" label={t("textLabel")} hint={t("textHint")} error={errors.text}>
            <Input
              value={form.text}
              maxLength={80}
              autoComplete="off"
              onChange={(event) => change({ text: event.target.value })}
            />
          </Field>
        ) : (
          <FileChoice file={form.file} error={errors.file} onChoose={(file) => change({ file })} />
        )}
        <Field name="name" label={t("name")} hint={t("nameHint")} error={errors.name}>
          <Input
            value={form.name}
            maxLength={60}
            autoComplete="off"
            onChange={(event) => change({ name: event.target.value })}
          />
        </Field>
        {mark === null && mayOffer ? (
          // biome-ignore lint/a11y/noLabelWithoutControl: the box inside is the control
          <label className="flex items-center gap-2.5 text-14">
            <Checkbox checked={forAll} onChange={setForAll} label={t("forAll")} />
            {t("forAll")}
          </label>
        ) : null}
      </form>
    </Dialog>
  );
};
