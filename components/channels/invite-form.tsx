"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FormProblem } from "#components/auth/form-problem.tsx";
import { useAccountForm } from "#components/auth/use-account-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { toast } from "#components/ui/toast.tsx";
import { invite, type MemberRole } from "#lib/api-client/channels.ts";

const roles: readonly MemberRole[] = ["editor", "owner"];

/** Invites somebody by mail. */
export const InviteForm = ({ handle }: { handle: string }) => {
  const t = useTranslations("channels");
  const router = useRouter();
  const [role, setRole] = useState<MemberRole>("editor");
  const { state, form, onSubmit } = useAccountForm({
    stays: false,
    send: async ({ email = "" }) => {
      await invite({ handle, email, role });
      toast({ title: t("invited", { email }) });
      form.current?.reset();
      router.refresh();
    },
  });
  return (
    <form ref={form} onSubmit={onSubmit} noValidate className="flex flex-col gap-3">
      <FormProblem text={state.problem} />
      <div className="flex flex-wrap items-start gap-3">
        <div className="min-w-0 flex-1 basis-56">
          <Field name="email" label={t("email")} error={state.fields.email}>
            <Input type="email" required maxLength={254} autoComplete="off" />
          </Field>
        </div>
        <Field name="role" label={t("roleLabel")} error={state.fields.role}>
          <Select<MemberRole>
            value={role}
            onChange={setRole}
            options={roles.map((one) => ({ value: one, label: t(`role.${one}`), description: t(`roleHint.${one}`) }))}
          />
        </Field>
        <Button type="submit" busy={state.busy} className="sm:mt-[27px]">
          {t("invite")}
        </Button>
      </div>
      <p className="text-13 text-muted">{t("inviteText")}</p>
    </form>
  );
};
