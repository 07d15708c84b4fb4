"use client";

import { Eye, EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

/** A password with a button that shows it. `current-password` or `new-password` tells managers what to offer. */
export const PasswordField = ({
  name = "password",
  label,
  error,
  hint,
  autoComplete,
}: {
  name?: string;
  /** "Password" unless told. */
  label?: string;
  error: string | undefined;
  hint?: string;
  autoComplete: "current-password" | "new-password";
}) => {
  const t = useTranslations("auth");
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <Field name={name} label={label ?? t("password")} error={error} hint={error === undefined ? hint : undefined}>
      <div className="relative">
        <Input
          type={shown ? "text" : "password"}
          autoComplete={autoComplete}
          required
          maxLength={128}
          autoCapitalize="none"
          spellCheck={false}
          className="pr-11"
        />
        <button
          type="button"
          aria-label={shown ? t("hidePassword") : t("showPassword")}
          onClick={() => setShown(!shown)}
          className="absolute inset-y-0 right-0 flex w-10 items-center justify-center rounded-control text-muted hover:text-ink"
        >
          <Icon aria-hidden size={18} strokeWidth={1.75} />
        </button>
      </div>
    </Field>
  );
};
