"use client";

import { useTranslations } from "next-intl";
import { FormProblem } from "#components/auth/form-problem.tsx";
import { PasswordField } from "#components/auth/password-field.tsx";
import { useAccountForm } from "#components/auth/use-account-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { ApiError } from "#lib/api-client/api-error.ts";
import { startSession } from "#lib/api-client/session.ts";

/** An empty field is no wrong pair, and says so itself. Throws `ApiError` with a text per empty field. */
const refuseEmpty = (texts: Readonly<Record<string, string | null>>) => {
  const fields = Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) => (text === null ? [] : [[name, text]])),
  );
  if (Object.keys(fields).length > 0)
    throw new ApiError({ code: "invalid_input", message: "A field is empty.", status: 0, fields });
};

/** E-mail and password; goes to `next` (an address of this site) with a full load, so that every page sees the session. */
export const LoginForm = ({ next }: { next: string }) => {
  const t = useTranslations("auth");
  const { state, form, onSubmit } = useAccountForm({
    words: { unauthenticated: t("wrongPair"), forbidden: t("waitsForApproval") },
    send: async ({ email = "", password = "" }) => {
      refuseEmpty({
        email: email.trim() === "" ? t("emailMissing") : null,
        password: password === "" ? t("passwordMissing") : null,
      });
      await startSession({ email: email.trim(), password });
      window.location.assign(next);
    },
  });
  return (
    <form ref={form} onSubmit={onSubmit} noValidate method="post" className="flex flex-col gap-4">
      <FormProblem text={state.problem} />
      <Field name="email" label={t("email")} error={state.fields.email}>
        <Input
          type="email"
          autoComplete="username"
          required
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
        />
      </Field>
      <PasswordField error={state.fields.password} autoComplete="current-password" />
      <Button type="submit" variant="primary" busy={state.busy} className="mt-1 h-10">
        {state.busy ? t("signingIn") : t("signIn")}
      </Button>
    </form>
  );
};
