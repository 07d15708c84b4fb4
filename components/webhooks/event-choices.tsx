"use client";

import { useTranslations } from "next-intl";
import { FormProblem } from "#components/auth/form-problem.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { useEventName } from "#components/webhooks/use-event-name.ts";

const EventChoice = ({
  type,
  chosen,
  onChange,
}: {
  type: string;
  chosen: boolean;
  onChange: (chosen: boolean) => void;
}) => {
  const label = useEventName()(type);
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the box is a button with a hidden input inside this label.
    <label className="flex cursor-pointer items-start gap-3 rounded-control px-2 py-1.5 hover:bg-raised">
      <Checkbox checked={chosen} onChange={onChange} label={label} className="mt-0.5" />
      <span className="min-w-0">
        <span className="block text-14">{label}</span>
        <code className="block font-mono text-12 text-muted">{type}</code>
      </span>
    </label>
  );
};

/** The kinds of events that a webhook is told of. */
export const EventChoices = ({
  types,
  chosen,
  onChange,
  error,
}: {
  types: readonly string[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  error: string | undefined;
}) => {
  const t = useTranslations("webhooks.form");
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 text-14 font-medium">{t("events")}</legend>
      <div className="-mx-2 grid gap-x-4 sm:grid-cols-2">
        {types.map((type) => (
          <EventChoice
            key={type}
            type={type}
            chosen={chosen.includes(type)}
            onChange={(yes) => onChange(yes ? [...chosen, type] : chosen.filter((one) => one !== type))}
          />
        ))}
      </div>
      <FormProblem text={error ?? null} />
    </fieldset>
  );
};
