"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

/** Which code is asked for: six digits of the authenticator app, or one of the ten that were written down. */
export type CodeKind = "app" | "recovery";

/** A code of the second factor; takes the focus when it comes up, since it is what the page asks for. */
export const CodeField = ({
  kind,
  name = "totp",
  error,
  takesFocus = true,
}: {
  kind: CodeKind;
  name?: string;
  error: string | undefined;
  takesFocus?: boolean;
}) => {
  const t = useTranslations("auth");
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (takesFocus) input.current?.focus();
  }, [takesFocus]);
  return (
    <Field name={name} label={t(kind === "app" ? "code" : "recoveryCode")} error={error}>
      <Input
        ref={input}
        required
        maxLength={40}
        autoComplete={kind === "app" ? "one-time-code" : "off"}
        inputMode={kind === "app" ? "numeric" : "text"}
        autoCapitalize="none"
        spellCheck={false}
        className="h-11 font-mono text-20 tracking-[0.12em]"
      />
    </Field>
  );
};
