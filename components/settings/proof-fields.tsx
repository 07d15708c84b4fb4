"use client";

import { useTranslations } from "next-intl";
import { PasswordField } from "#components/auth/password-field.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

/** By what the account's owner shows to be there. */
export type ProofNeeds = { hasPassword: boolean; hasSecondFactor: boolean };

/** What was typed, as the routes take it. */
export const proofOf = ({
  password = "",
  totp = "",
}: Record<string, string>): { password?: string; totp?: string } => ({
  ...(password === "" ? {} : { password }),
  ...(totp.trim() === "" ? {} : { totp: totp.trim() }),
});

/** Password and code, as far as the account has them; else a word about signing in anew. */
export const ProofFields = ({
  needs: { hasPassword, hasSecondFactor },
  fields,
}: {
  needs: ProofNeeds;
  fields: Readonly<Record<string, string>>;
}) => {
  const t = useTranslations("external.proof");
  return (
    <>
      {hasPassword ? (
        <PasswordField label={t("password")} error={fields.password} autoComplete="current-password" />
      ) : (
        <p className="text-14 text-pretty text-muted">{t("fresh")}</p>
      )}
      {hasSecondFactor ? (
        <Field name="totp" label={t("code")} error={fields.totp}>
          <Input maxLength={40} autoComplete="one-time-code" autoCapitalize="none" spellCheck={false} />
        </Field>
      ) : null}
    </>
  );
};
