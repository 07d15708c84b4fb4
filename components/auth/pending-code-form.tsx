"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { FormProblem } from "#components/auth/form-problem.tsx";
import { useAccountForm } from "#components/auth/use-account-form.ts";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { sendPendingCode } from "#lib/api-client/external.ts";

/** The second factor of somebody who came in through another service. */
export const PendingCodeForm = ({ next }: { next: string }) => {
  const t = useTranslations("external");
  const { state, form, onSubmit } = useAccountForm({
    words: { unauthenticated: t("signInExpired") },
    send: async ({ totp = "" }) => {
      await sendPendingCode(totp.trim());
      window.location.assign(next);
    },
  });
  return (
    <form ref={form} onSubmit={onSubmit} noValidate method="post" className="flex flex-col gap-4">
      <FormProblem text={state.problem} />
      <Field name="totp" label={t("code")} error={state.fields.totp}>
        <Input
          required
          autoFocus
          maxLength={40}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          className="h-11 font-mono text-20 tracking-[0.12em]"
        />
      </Field>
      <Button type="submit" variant="primary" busy={state.busy} className="mt-1 h-10">
        {t("continue")}
      </Button>
      <Link href={`/login?${new URLSearchParams({ next })}`} className={buttonClass({ variant: "ghost" })}>
        {t("again")}
      </Link>
    </form>
  );
};
