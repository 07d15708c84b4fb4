"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { FormProblem } from "#components/auth/form-problem.tsx";
import { PasswordField } from "#components/auth/password-field.tsx";
import { useAccountForm } from "#components/auth/use-account-form.ts";
import { Button } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toast.tsx";
import { changePassword } from "#lib/api-client/security.ts";

/** The present password and a new one. `username` tells password managers whose it is. */
export const PasswordForm = ({ username }: { username: string }) => {
  const t = useTranslations("settings.security");
  const words = useTranslations("auth");
  const router = useRouter();
  const { state, form, onSubmit } = useAccountForm({
    stays: false,
    send: async ({ currentPassword = "", newPassword = "" }) => {
      await changePassword({ currentPassword, newPassword });
      form.current?.reset();
      toast({ title: t("changed") });
      router.refresh();
    },
  });
  return (
    <form ref={form} onSubmit={onSubmit} noValidate method="post" className="flex max-w-[440px] flex-col gap-4">
      <FormProblem text={state.problem} />
      <input type="text" name="username" autoComplete="username" defaultValue={username} readOnly hidden />
      <PasswordField
        name="currentPassword"
        label={t("currentPassword")}
        error={state.fields.currentPassword}
        autoComplete="current-password"
      />
      <PasswordField
        name="newPassword"
        label={t("newPassword")}
        hint={words("passwordHint")}
        error={state.fields.newPassword}
        autoComplete="new-password"
      />
      <Button type="submit" variant="primary" busy={state.busy} className="mt-1 self-start">
        {t("change")}
      </Button>
    </form>
  );
};
