"use client";

import { useTranslations } from "next-intl";
import { limitSettings, type SettingsDraft } from "#components/admin/settings-draft.ts";
import { classNames } from "#components/ui/class-names.ts";
import { controlClass } from "#components/ui/control-class.ts";

type Name = (typeof limitSettings)[number];

const Row = ({
  name,
  draft,
  edit,
  isWrong,
}: {
  name: Name;
  draft: SettingsDraft;
  edit: (change: Partial<SettingsDraft>) => void;
  isWrong: boolean;
}) => {
  const t = useTranslations("admin.settings");
  const limit = draft[name];
  const box = classNames(controlClass, "tabular h-9 w-24! px-3");
  const common = { inputMode: "numeric", autoComplete: "off", "aria-invalid": isWrong || undefined } as const;
  const label = t(`names.${name}`);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-2.5">
      <div className="min-w-0 flex-1 basis-64 text-14">
        {label}
        {isWrong ? <p className="text-13 text-danger">{t("rates.wrong")}</p> : null}
      </div>
      <div className="flex items-center gap-2 text-14 text-muted">
        <input
          {...common}
          aria-label={t("rates.hits", { name: label })}
          value={limit.hits}
          onChange={(event) => edit({ [name]: { ...limit, hits: event.target.value } })}
          className={box}
        />
        {t("rates.per")}
        <input
          {...common}
          aria-label={t("rates.seconds", { name: label })}
          value={limit.windowSeconds}
          onChange={(event) => edit({ [name]: { ...limit, windowSeconds: event.target.value } })}
          className={box}
        />
        {t("rates.unit")}
      </div>
    </li>
  );
};

/** Rate limits: how often, in how many seconds. */
export const LimitFields = ({
  draft,
  edit,
  wrong,
}: {
  draft: SettingsDraft;
  edit: (change: Partial<SettingsDraft>) => void;
  wrong: readonly string[];
}) => (
  <ul className="divide-y divide-line border-y border-line">
    {limitSettings.map((name) => (
      <Row key={name} name={name} draft={draft} edit={edit} isWrong={wrong.includes(name)} />
    ))}
  </ul>
);
