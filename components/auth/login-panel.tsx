"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { AuthPanel } from "#components/auth/auth-panel.tsx";
import { CodeField, type CodeKind } from "#components/auth/code-field.tsx";
import { FormProblem } from "#components/auth/form-problem.tsx";
import { PasswordField } from "#components/auth/password-field.tsx";
import { refuseEmpty } from "#components/auth/refuse-empty.ts";
import { useAccountForm } from "#components/auth/use-account-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { ApiError } from "#lib/api-client/api-error.ts";
import { startSession } from "#lib/api-client/session.ts";

/** What a `LoginPanel` takes. */
export type LoginPanelProps = {
  /** Where to go once signed in: an address of this site. */
  next: string;
  /** Other ways to sign in, under the form; gone while a code is asked for. */
  others?: ReactNode;
  /** One way elsewhere. */
  footer?: ReactNode;
};

type Step = "password" | CodeKind;

const isRefusal = (error: unknown, code: string) => error instanceof ApiError && error.code === code;

/** Sends the form and decides what comes next; a full load follows, so that every page sees the session. */
const useLogin = ({ next }: { next: string }) => {
  const t = useTranslations("auth");
  const [step, setStep] = useState<Step>("password");
  const asksCode = step !== "password";
  const refused = (error: unknown): "again" => {
    if (isRefusal(error, "second_factor_required") && asksCode) {
      const fields = { totp: t(step === "app" ? "codeWrong" : "recoveryCodeWrong") };
      throw new ApiError({ code: "invalid_input", message: "The code is wrong.", status: 0, fields });
    }
    if (!isRefusal(error, "second_factor_required")) {
      // What is wrong now is the pair, so that its fields must be seen.
      if (isRefusal(error, "unauthenticated")) setStep("password");
      throw error;
    }
    setStep("app");
    return "again";
  };
  const account = useAccountForm({
    words: { unauthenticated: t("wrongPair") },
    send: async ({ email = "", password = "", totp = "" }) => {
      refuseEmpty({
        email: email.trim() === "" && t("emailMissing"),
        password: password === "" && t("passwordMissing"),
      });
      if (asksCode) refuseEmpty({ totp: totp.trim() === "" && t("codeMissing") });
      try {
        await startSession({ email: email.trim(), password, ...(asksCode ? { totp: totp.trim() } : {}) });
      } catch (error) {
        if (!isRefusal(error, "forbidden")) return refused(error);
        window.location.assign("/waiting");
        return "left";
      }
      window.location.assign(next);
      return "left";
    },
  });
  const goTo = (other: Step) => {
    account.clear();
    setStep(other);
  };
  return { ...account, step, goTo };
};

const EmailAndPassword = ({ fields }: { fields: Readonly<Record<string, string>> }) => {
  const t = useTranslations("auth");
  return (
    <>
      <Field name="email" label={t("email")} error={fields.email}>
        <Input
          type="email"
          autoComplete="username"
          required
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
        />
      </Field>
      <PasswordField error={fields.password} autoComplete="current-password" />
      <Link href="/forgot" className="-mt-1 self-start text-14 text-muted underline underline-offset-3 hover:text-ink">
        {t("forgot")}
      </Link>
    </>
  );
};

/**
 * Signing in: e-mail and password, then, for accounts that have a second factor, its code. What was typed stays in the
 * form through both steps.
 */
export const LoginPanel = ({ next, others, footer }: LoginPanelProps) => {
  const t = useTranslations("auth");
  const { state, form, onSubmit, step, goTo } = useLogin({ next });
  const words = {
    password: { title: t("signInTitle"), text: t("signInText") },
    app: { title: t("codeTitle"), text: t("codeText") },
    recovery: { title: t("codeTitle"), text: t("recoveryCodeText") },
  }[step];
  const asksCode = step !== "password";
  return (
    <AuthPanel {...words} footer={asksCode ? undefined : footer}>
      <form ref={form} onSubmit={onSubmit} noValidate method="post" className="flex flex-col gap-4">
        <FormProblem text={state.problem} />
        <div hidden={asksCode} className="flex flex-col gap-4">
          <EmailAndPassword fields={state.fields} />
        </div>
        {asksCode ? <CodeField key={step} kind={step} error={state.fields.totp} /> : null}
        <Button type="submit" variant="primary" busy={state.busy} className="mt-1 h-10">
          {state.busy ? t("signingIn") : t("signIn")}
        </Button>
        {asksCode ? (
          <div className="flex flex-wrap justify-between gap-2">
            <Button variant="ghost" className="-ml-3.5" onClick={() => goTo(step === "app" ? "recovery" : "app")}>
              {t(step === "app" ? "useRecoveryCode" : "useApp")}
            </Button>
            <Button variant="ghost" className="-mr-3.5" onClick={() => goTo("password")}>
              {t("back")}
            </Button>
          </div>
        ) : null}
      </form>
      {asksCode ? null : others}
    </AuthPanel>
  );
};
