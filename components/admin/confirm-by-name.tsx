"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Textarea } from "#components/ui/textarea.tsx";

/** What a `ConfirmByName` takes. */
export type ConfirmByNameProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What happens, and what stays. */
  text: string;
  /** The name that is typed to confirm. */
  name: string;
  /** Asks for a reason, and says who reads it. */
  reasonHint?: string;
  /** Whether it goes without a reason too. */
  reasonOptional?: boolean;
  /** What the button says. */
  action: string;
  onConfirm: (reason: string) => void;
};

const Form = ({
  id,
  text,
  name,
  reasonHint,
  reasonOptional = false,
  onDone,
}: Omit<ConfirmByNameProps, "title" | "action" | "onConfirm" | "open" | "onOpenChange"> & {
  id: string;
  onDone: (reason: string) => void;
}) => {
  const t = useTranslations("admin.confirm");
  const [reason, setReason] = useState("");
  const [typed, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  const isReasonShort = reasonHint !== undefined && !reasonOptional && reason.trim().length < 3;
  const isOther = typed.trim() !== name.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!isReasonShort && !isOther) onDone(reason.trim());
  };
  return (
    <form id={id} noValidate onSubmit={submit} className="flex flex-col gap-5">
      <p className="text-15 text-pretty text-muted">{text}</p>
      {reasonHint === undefined ? null : (
        <Field
          name="reason"
          label={t(reasonOptional ? "reasonOptional" : "reason")}
          hint={reasonHint}
          error={tried && isReasonShort ? t("reasonMissing") : undefined}
        >
          <Textarea maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
      )}
      <Field name="name" label={t("type", { name })} error={tried && isOther ? t("typeWrong") : undefined}>
        <Input autoComplete="off" spellCheck={false} value={typed} onChange={(event) => setTyped(event.target.value)} />
      </Field>
    </form>
  );
};

/** Asks for the name of what is about to be changed before something that others feel, and for a reason where one is given. */
export const ConfirmByName = ({ open, onOpenChange, title, action, onConfirm, ...rest }: ConfirmByNameProps) => {
  const t = useTranslations("common");
  const id = useId();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>{t("cancel")}</Button>
          <Button type="submit" form={id} variant="danger">
            {action}
          </Button>
        </>
      }
    >
      <Form
        {...rest}
        id={id}
        onDone={(reason) => {
          onOpenChange(false);
          onConfirm(reason);
        }}
      />
    </Dialog>
  );
};
