"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { AuthPanel } from "#components/auth/auth-panel.tsx";
import { FormProblem } from "#components/auth/form-problem.tsx";
import { refuseEmpty } from "#components/auth/refuse-empty.ts";
import { useAccountForm } from "#components/auth/use-account-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { askForReset } from "#lib/api-client/account-mails.ts";

const ForgotForm = ({
  email,
  sendsMails,
  onSent,
}: {
  email: string;
  sendsMails: boolean;
  onSent: (email: string) => void;
}) => {
  const t = useTranslations("account-mails.forgot");
  const words = useTranslations("auth");
  const { state, form, onSubmit } = useAccountForm({
    send: async (values) => {
      const typed = (values.email ?? "").trim();
      refuseEmpty({ email: typed === "" && words("emailMissing") });
      await askForReset(typed);
      onSent(typed);
    },
  });
  return (
    <form ref={form} onSubmit={onSubmit} noValidate method="post" className="flex flex-col gap-4">
      <FormProblem text={state.problem} />
      <Field name="email" label={words("email")} error={state.fields.email}>
        <Input
          type="email"
          defaultValue={email}
          autoComplete="username"
          required
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
        />
      </Field>
      <Button type="submit" variant="primary" busy={state.busy} className="mt-1 h-10">
        {t(sendsMails ? "send" : "heldSend")}
      </Button>
    </form>
  );
};

/** Asks for the address and then says where its link is: in a mail, or with the admin of a site that sends none. */
export const ForgotPanel = ({ sendsMails }: { sendsMails: boolean }) => {
  const t = useTranslations("account-mails.forgot");
  const [sent, setSent] = useState<string | null>(null);
  const [typed, setTyped] = useState("");
  if (sent !== null) {
    return (
      <AuthPanel
        title={t(sendsMails ? "doneTitle" : "heldDoneTitle")}
        text={t(sendsMails ? "doneText" : "heldDoneText", { email: sent })}
      >
        <Button onClick={() => setSent(null)}>{t("other")}</Button>
      </AuthPanel>
    );
  }
  return (
    <AuthPanel
      title={t("title")}
      text={t(sendsMails ? "text" : "heldText")}
      footer={t.rich("back", {
        link: (words) => (
          <Link href="/login" className="font-medium text-ink underline underline-offset-3">
            {words}
          </Link>
        ),
      })}
    >
      <ForgotForm
        email={typed}
        sendsMails={sendsMails}
        onSent={(email) => {
          setTyped(email);
          setSent(email);
        }}
      />
    </AuthPanel>
  );
};
