"use client";

import { useTranslations } from "next-intl";
import { FormProblem } from "#components/auth/form-problem.tsx";
import { PasswordField } from "#components/auth/password-field.tsx";
import { refuseEmpty } from "#components/auth/refuse-empty.ts";
import { useAccountForm } from "#components/auth/use-account-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { SecondFactorProof } from "#lib/accounts/dto.ts";

/** What a `ProofDialog` takes. */
export type ProofDialogProps = {
  open: boolean;
  email: string;
  title: string;
  text: string;
  /** What the button says. */
  action: string;
  danger?: boolean;
  onClose: () => void;
  /** Does it; throws `ApiError` when the proof was refused. */
  onProven: (proof: SecondFactorProof) => Promise<void>;
};

type ProofFormProps = Pick<ProofDialogProps, "email" | "action" | "danger" | "onProven">;

const ProofForm = ({ email, action, danger = false, onProven }: ProofFormProps) => {
  const t = useTranslations("second-factor");
  const { state, form, onSubmit } = useAccountForm({
    stays: false,
    send: async ({ password = "", code = "" }) => {
      refuseEmpty({
        password: password === "" && t("passwordMissing"),
        code: code.trim() === "" && t("proofMissing"),
      });
      await onProven({ password, code: code.trim() });
    },
  });
  return (
    <form ref={form} onSubmit={onSubmit} noValidate method="post" className="flex flex-col gap-4">
      <FormProblem text={state.problem} />
      <input type="text" name="username" autoComplete="username" defaultValue={email} readOnly hidden />
      <PasswordField label={t("password")} error={state.fields.password} autoComplete="current-password" />
      <Field name="code" label={t("proof")} error={state.fields.code}>
        <Input required maxLength={40} autoComplete="one-time-code" autoCapitalize="none" spellCheck={false} />
      </Field>
      <Button type="submit" variant={danger ? "danger" : "primary"} busy={state.busy} className="self-end">
        {action}
      </Button>
    </form>
  );
};

/** Asks for the password and a code before something about the second factor changes. */
export const ProofDialog = ({ open, title, text, onClose, ...form }: ProofDialogProps) => (
  <Dialog open={open} onOpenChange={(next) => (next ? undefined : onClose())} title={title} description={text}>
    <ProofForm {...form} />
  </Dialog>
);
