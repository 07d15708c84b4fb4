"use client";

import { CircleCheck, CircleDashed } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { FormProblem } from "#components/auth/form-problem.tsx";
import { PasswordField } from "#components/auth/password-field.tsx";
import { refuseEmpty } from "#components/auth/refuse-empty.ts";
import { SendAgain } from "#components/auth/send-again.tsx";
import { useAccountForm } from "#components/auth/use-account-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { requestEmailChange } from "#lib/api-client/account-mails.ts";

/** What an `EmailSettings` takes. */
export type EmailSettingsProps = {
  email: string;
  confirmed: boolean;
  sendsMails: boolean;
  /** Whether the account has a password, without which nobody can change its address. */
  changeable: boolean;
};

const Standing = ({ email, confirmed }: Pick<EmailSettingsProps, "email" | "confirmed">) => {
  const t = useTranslations("account-mails");
  const Icon = confirmed ? CircleCheck : CircleDashed;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <p className="flex items-center gap-2 text-14">
        <Icon aria-hidden size={18} strokeWidth={1.75} className={confirmed ? "text-success" : "text-muted"} />
        {t(confirmed ? "email.confirmed" : "email.unconfirmed")}
      </p>
      {confirmed ? null : <SendAgain email={email} variant="secondary" size="small" />}
    </div>
  );
};

const ChangeForm = ({
  email,
  onSent,
  onCancel,
}: {
  email: string;
  onSent: (email: string) => void;
  onCancel: () => void;
}) => {
  const t = useTranslations("account-mails.email");
  const common = useTranslations("common");
  const auth = useTranslations("auth");
  const { state, form, onSubmit } = useAccountForm({
    stays: false,
    send: async (values) => {
      const typed = (values.email ?? "").trim();
      const { password = "" } = values;
      refuseEmpty({ email: typed === "" && t("missing"), password: password === "" && auth("passwordMissing") });
      await requestEmailChange({ email: typed, password });
      onSent(typed);
    },
  });
  useEffect(() => form.current?.querySelector<HTMLInputElement>("input[type=email]")?.focus(), [form]);
  return (
    <form ref={form} onSubmit={onSubmit} noValidate method="post" className="flex max-w-[440px] flex-col gap-4">
      <FormProblem text={state.problem} />
      <input type="text" name="username" autoComplete="username" defaultValue={email} readOnly hidden />
      <Field
        name="email"
        label={t("new")}
        hint={state.fields.email === undefined ? t("newHint") : undefined}
        error={state.fields.email}
      >
        <Input type="email" autoComplete="email" required inputMode="email" autoCapitalize="none" spellCheck={false} />
      </Field>
      <PasswordField label={t("password")} error={state.fields.password} autoComplete="current-password" />
      <div className="mt-1 flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={state.busy}>
          {t("send")}
        </Button>
        <Button variant="ghost" onClick={onCancel}>
          {common("cancel")}
        </Button>
      </div>
    </form>
  );
};

/** The account's address: whether it is confirmed, and the way to another one. */
export const EmailSettings = ({ email, confirmed, sendsMails, changeable }: EmailSettingsProps) => {
  const t = useTranslations("account-mails.email");
  const [step, setStep] = useState<"closed" | "form" | { sentTo: string }>("closed");
  const opener = useRef<HTMLButtonElement>(null);
  const wasForm = useRef(false);
  useEffect(() => {
    // The form took the focus with it.
    if (step === "closed" && wasForm.current) opener.current?.focus();
    wasForm.current = step === "form";
  }, [step]);
  return (
    <>
      <Standing email={email} confirmed={confirmed} />
      {typeof step === "object" ? (
        <div role="status" className="max-w-[560px] rounded-media border border-line bg-surface p-4 text-14">
          <p className="font-medium wrap-anywhere">{t("sentTitle", { email: step.sentTo })}</p>
          <p className="mt-1 text-pretty text-muted">
            {t("sent")} {sendsMails ? null : t("held")}
          </p>
        </div>
      ) : null}
      {step === "form" ? (
        <ChangeForm email={email} onSent={(sentTo) => setStep({ sentTo })} onCancel={() => setStep("closed")} />
      ) : null}
      {changeable && step !== "form" ? (
        <Button ref={opener} onClick={() => setStep("form")} className="self-start">
          {t("change")}
        </Button>
      ) : null}
    </>
  );
};
