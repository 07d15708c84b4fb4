"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { AuthPanel } from "#components/auth/auth-panel.tsx";
import { FormProblem } from "#components/auth/form-problem.tsx";
import { PasswordField } from "#components/auth/password-field.tsx";
import { useAccountForm } from "#components/auth/use-account-form.ts";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { resetPassword } from "#lib/api-client/account-mails.ts";

/** Another password with the secret of a mail. `email` tells people and password managers whose it is. */
export const ResetPanel = ({ token, email }: { token: string; email: string }) => {
  const t = useTranslations("account-mails");
  const words = useTranslations("auth");
  const [done, setDone] = useState(false);
  const { state, form, onSubmit } = useAccountForm({
    words: { gone: t("reset.deadText") },
    send: async ({ password = "" }) => {
      await resetPassword({ token, password });
      setDone(true);
    },
  });
  if (done) {
    return (
      <AuthPanel title={t("reset.doneTitle")} text={t("reset.doneText")}>
        <a href="/login" className={buttonClass({ variant: "primary" })}>
          {t("signIn")}
        </a>
      </AuthPanel>
    );
  }
  return (
    <AuthPanel title={t("reset.title")} text={t("reset.text", { email })}>
      <form ref={form} onSubmit={onSubmit} noValidate method="post" className="flex flex-col gap-4">
        <FormProblem text={state.problem} />
        <input type="text" name="username" autoComplete="username" defaultValue={email} readOnly hidden />
        <PasswordField
          label={words("newPassword")}
          hint={words("passwordHint")}
          error={state.fields.password}
          autoComplete="new-password"
        />
        <Button type="submit" variant="primary" busy={state.busy} className="mt-1 h-10">
          {t("reset.action")}
        </Button>
      </form>
    </AuthPanel>
  );
};
