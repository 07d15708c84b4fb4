"use client";

import { useTranslations } from "next-intl";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

/** A size that is typed in gigabytes; nothing typed stands for what `placeholder` says. */
export const SizeInput = ({
  name,
  label,
  hint,
  placeholder,
  value,
  isWrong,
  onChange,
}: {
  name: string;
  label: string;
  hint?: string | undefined;
  placeholder: string;
  value: string;
  isWrong: boolean;
  onChange: (value: string) => void;
}) => {
  const t = useTranslations("admin.size");
  return (
    <Field name={name} label={label} hint={hint} error={isWrong ? t("wrong") : undefined}>
      <div className="flex items-center gap-2">
        <Input
          inputMode="decimal"
          autoComplete="off"
          className="tabular max-w-56"
          placeholder={placeholder}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
        <span className="text-14 text-muted">{t("unit")}</span>
      </div>
    </Field>
  );
};
