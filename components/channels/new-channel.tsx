"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FormProblem } from "#components/auth/form-problem.tsx";
import { useAccountForm } from "#components/auth/use-account-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { createChannel } from "#lib/api-client/channels.ts";

const NewChannelForm = () => {
  const t = useTranslations("channels");
  const router = useRouter();
  const { state, form, onSubmit } = useAccountForm({
    send: async ({ name = "", handle = "" }) => {
      const made = await createChannel({ name, handle });
      router.push(`/settings/channels/${encodeURIComponent(made.handle)}`);
    },
  });
  return (
    <form ref={form} onSubmit={onSubmit} noValidate className="flex flex-col gap-4">
      <FormProblem text={state.problem} />
      <Field name="name" label={t("name")} error={state.fields.name}>
        <Input required maxLength={60} autoComplete="off" />
      </Field>
      <Field name="handle" label={t("handle")} hint={t("handleHint")} error={state.fields.handle}>
        <Input required maxLength={30} autoComplete="off" autoCapitalize="none" spellCheck={false} />
      </Field>
      <Button type="submit" variant="primary" busy={state.busy} className="self-end">
        {t("create")}
      </Button>
    </form>
  );
};

/** The button that makes another channel. */
export const NewChannel = () => {
  const t = useTranslations("channels");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Plus aria-hidden strokeWidth={1.75} />
        {t("new")}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={t("new")} description={t("newText")}>
        <NewChannelForm />
      </Dialog>
    </>
  );
};
