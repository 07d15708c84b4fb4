"use client";

import { useTranslations } from "next-intl";
import { FormProblem } from "#components/auth/form-problem.tsx";
import { PasswordField } from "#components/auth/password-field.tsx";
import { useAccountForm } from "#components/auth/use-account-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { setUpAdmin, signUp } from "#lib/api-client/accounts.ts";
import { startSession } from "#lib/api-client/session.ts";

/** What a `SignUpForm` takes. */
export type SignUpFormProps = {
  /** The one-time token of the first admin; null for an ordinary account. */
  setupToken: string | null;
  /** Where to go when the account stands. */
  next: string;
};

/** Opens an account and signs in to it, unless it has to wait for an admin. */
export const SignUpForm = ({ setupToken, next }: SignUpFormProps) => {
  const t = useTranslations("auth");
  const { state, form, onSubmit } = useAccountForm({
    words: {
      forbidden: setupToken === null ? t("closed") : t("setupUsed"),
      not_found: t("setupUsed"),
      gone: t("setupUsed"),
    },
    send: async ({ email = "", username = "", password = "" }) => {
      const account = { email: email.trim(), username: username.trim(), password };
      const { status } = await (setupToken === null ? signUp(account) : setUpAdmin({ ...account, token: setupToken }));
      if (status === "active") await startSession({ email: account.email, password });
      window.location.assign(status === "active" ? next : "/waiting");
    },
  });
  return (
    <form ref={form} onSubmit={onSubmit} noValidate method="post" className="flex flex-col gap-4">
      <FormProblem text={state.problem} />
      <Field name="email" label={t("email")} error={state.fields.email}>
        <Input type="email" autoComplete="email" required inputMode="email" autoCapitalize="none" spellCheck={false} />
      </Field>
      <Field
        name="username"
        label={t("username")}
        hint={state.fields.username === undefined ? t("usernameHint") : undefined}
        error={state.fields.username}
      >
        <Input autoComplete="username" required maxLength={30} autoCapitalize="none" spellCheck={false} />
      </Field>
      <PasswordField hint={t("passwordHint")} error={state.fields.password} autoComplete="new-password" />
      <Button type="submit" variant="primary" busy={state.busy} className="mt-1 h-10">
        {state.busy ? t("creating") : setupToken === null ? t("create") : t("createAdmin")}
      </Button>
    </form>
  );
};
