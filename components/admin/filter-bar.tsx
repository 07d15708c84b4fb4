"use client";

import { Search } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { controlClass } from "#components/ui/control-class.ts";
import { Select } from "#components/ui/select.tsx";

/** One filter: words that are typed, or one of several choices (the first one, of value "", is no filter). */
export type FilterField =
  | { kind: "text"; name: string; label: string; value: string; placeholder?: string }
  | { kind: "date"; name: string; label: string; value: string }
  | {
      kind: "choice";
      name: string;
      label: string;
      value: string;
      options: readonly { value: string; label: string }[];
    };

const addressOf = (path: string, values: Record<string, string>): string => {
  const given = Object.entries(values).filter(([, value]) => value !== "");
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
};

const Typed = ({ field }: { field: Exclude<FilterField, { kind: "choice" }> }) => (
  <label
    className={classNames("flex min-w-0 flex-col gap-1 text-13 text-muted", field.kind === "text" && "max-sm:w-full")}
  >
    {field.label}
    <input
      // Another address draws the field anew with what it says.
      key={field.value}
      type={field.kind === "date" ? "date" : "search"}
      name={field.name}
      defaultValue={field.value}
      autoComplete="off"
      spellCheck={false}
      {...(field.kind === "text" && field.placeholder !== undefined ? { placeholder: field.placeholder } : {})}
      className={classNames(controlClass, "h-9 px-3", field.kind === "date" ? "sm:w-40" : "sm:w-64")}
    />
  </label>
);

/** The filters of a list. They live in the address: it can be kept, sent on, and gone back to. */
export const FilterBar = ({
  label,
  fields,
  always = {},
}: {
  label: string;
  fields: readonly FilterField[];
  /** What stays in the address whatever is chosen. */
  always?: Record<string, string>;
}) => {
  const t = useTranslations("admin.filter");
  const router = useRouter();
  const path = usePathname();
  const [busy, start] = useTransition();
  const go = (values: Record<string, string>) =>
    start(() => router.push(addressOf(path, { ...always, ...values }), { scroll: false }));
  const valuesOf = (form: HTMLFormElement | null): Record<string, string> => {
    const typed = form === null ? [] : [...new FormData(form)].map(([name, value]) => [name, String(value).trim()]);
    const chosen = fields.filter(({ kind }) => kind === "choice").map(({ name, value }) => [name, value]);
    return Object.fromEntries([...typed, ...chosen]);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    go(valuesOf(event.currentTarget));
  };
  const id = `filter-${path.replaceAll("/", "-")}`;
  const choose = (name: string, value: string) => {
    const form = document.getElementById(id);
    go({ ...valuesOf(form instanceof HTMLFormElement ? form : null), [name]: value });
  };
  const isFiltered = fields.some(({ value }) => value !== "");
  return (
    <search aria-label={label}>
      <form id={id} onSubmit={submit} className="flex flex-wrap items-end gap-3">
        {fields.map((field) =>
          field.kind === "choice" ? (
            <div key={field.name} className="flex flex-col gap-1 text-13 text-muted">
              <span aria-hidden>{field.label}</span>
              <Select
                label={field.label}
                value={field.value}
                options={field.options}
                onChange={(value) => choose(field.name, value)}
                className="min-w-36"
              />
            </div>
          ) : (
            <Typed key={field.name} field={field} />
          ),
        )}
        <Button type="submit" busy={busy}>
          <Search aria-hidden strokeWidth={1.75} />
          {t("apply")}
        </Button>
        {isFiltered ? (
          <Button variant="ghost" onClick={() => go({})}>
            {t("clear")}
          </Button>
        ) : null}
      </form>
    </search>
  );
};
