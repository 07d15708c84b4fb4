"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { FormProblem } from "#components/auth/form-problem.tsx";
import { useAccountForm } from "#components/auth/use-account-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import type { ApiTokenDto } from "#lib/accounts/dto.ts";
import { ApiError } from "#lib/api-client/api-error.ts";
import { makeApiToken } from "#lib/api-client/security.ts";

type Scope = ApiTokenDto["scopes"][number];
type Life = "30" | "90" | "365" | "never";

const ScopeChoice = ({
  scope,
  chosen,
  onChange,
}: {
  scope: Scope;
  chosen: boolean;
  onChange: (chosen: boolean) => void;
}) => {
  const t = useTranslations("settings.tokens");
  const key = scope.replace(":", "_");
  const label = t(`scopes.${key}.label`);
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the box is a Base UI control with an input of its own in this label
    <label className="flex cursor-pointer items-start gap-3 rounded-control px-2 py-1.5 hover:bg-raised">
      <Checkbox checked={chosen} onChange={onChange} label={label} className="mt-0.5" />
      <span className="min-w-0">
        <span className="block text-14">{label}</span>
        <span className="block text-13 text-muted">{t(`scopes.${key}.hint`)}</span>
      </span>
    </label>
  );
};

const ScopeChoices = ({
  scopes,
  chosen,
  onChange,
  error,
}: {
  scopes: readonly Scope[];
  chosen: readonly Scope[];
  onChange: (chosen: Scope[]) => void;
  error: string | undefined;
}) => {
  const t = useTranslations("settings.tokens");
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 text-14 font-medium">{t("permissions")}</legend>
      <div className="-mx-2 grid gap-x-4 sm:grid-cols-2">
        {scopes.map((scope) => (
          <ScopeChoice
            key={scope}
            scope={scope}
            chosen={chosen.includes(scope)}
            onChange={(yes) => onChange(yes ? [...chosen, scope] : chosen.filter((one) => one !== scope))}
          />
        ))}
      </div>
      <FormProblem text={error ?? null} />
    </fieldset>
  );
};

/** Name, life and permissions of a new token; gives the token itself. */
export const NewTokenForm = ({ scopes, onMade }: { scopes: readonly Scope[]; onMade: (token: string) => void }) => {
  const t = useTranslations("settings.tokens");
  const [chosen, setChosen] = useState<Scope[]>([]);
  const [life, setLife] = useState<Life>("90");
  const { state, form, onSubmit } = useAccountForm({
    stays: false,
    send: async ({ name = "" }) => {
      if (chosen.length === 0) {
        const fields = { scopes: t("scopesMissing") };
        throw new ApiError({ code: "invalid_input", message: "No scope is chosen.", status: 0, fields });
      }
      const expiresInDays = life === "never" ? null : Number(life);
      onMade((await makeApiToken({ name, scopes: chosen, expiresInDays })).token);
    },
  });
  return (
    <form ref={form} onSubmit={onSubmit} noValidate className="flex flex-col gap-4">
      <FormProblem text={state.problem} />
      <div className="grid gap-4 sm:grid-cols-[1fr_180px]">
        <Field name="name" label={t("name")} hint={t("nameHint")} error={state.fields.name}>
          <Input required maxLength={80} autoComplete="off" />
        </Field>
        <Field
          name="expires"
          label={t("expires")}
          hint={life === "never" ? t("neverHint") : undefined}
          error={state.fields.expiresInDays}
        >
          <Select<Life>
            value={life}
            onChange={setLife}
            options={[
              { value: "30", label: t("days", { days: 30 }) },
              { value: "90", label: t("days", { days: 90 }) },
              { value: "365", label: t("year") },
              { value: "never", label: t("never") },
            ]}
          />
        </Field>
      </div>
      <ScopeChoices scopes={scopes} chosen={chosen} onChange={setChosen} error={state.fields.scopes} />
      <Button type="submit" variant="primary" busy={state.busy} className="self-end">
        {state.busy ? t("creating") : t("create")}
      </Button>
    </form>
  );
};
