"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useErrorText } from "#components/studio/use-report-error.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { toast } from "#components/ui/toast.tsx";
import { putNotificationChoices } from "#lib/api-client/notifications.ts";
import type { NotificationSettingDto } from "#lib/notifications/dto.ts";

type Way = "inApp" | "email";
type Setting = NotificationSettingDto;

const cell = "w-24 shrink-0 py-3 text-center text-13 text-muted max-sm:w-20";

const Choice = ({ setting, way, onChange }: { setting: Setting; way: Way; onChange: (chosen: boolean) => void }) => {
  const t = useTranslations("notifications.choices");
  const kind = t(`kinds.${setting.type.replaceAll(".", "_")}.label`);
  if (way === "email" && !setting.hasMail) return <td className={cell}>{t("none")}</td>;
  if (!setting.optional) return <td className={cell}>{t("always")}</td>;
  return (
    <td className={cell}>
      <Checkbox
        checked={setting[way]}
        onChange={onChange}
        label={t(way === "inApp" ? "inAppFor" : "emailFor", { kind })}
        className="mx-auto"
      />
    </td>
  );
};

const Row = ({ setting, onChange }: { setting: Setting; onChange: (changed: Setting) => void }) => {
  const t = useTranslations("notifications.choices");
  const key = setting.type.replaceAll(".", "_");
  return (
    <tr className="border-t border-line">
      <th scope="row" className="py-3 pr-3 text-left font-normal">
        <span className="block text-14 font-medium">{t(`kinds.${key}.label`)}</span>
        <span className="block text-13 text-pretty text-muted">{t(`kinds.${key}.hint`)}</span>
      </th>
      <Choice setting={setting} way="inApp" onChange={(inApp) => onChange({ ...setting, inApp })} />
      <Choice setting={setting} way="email" onChange={(email) => onChange({ ...setting, email })} />
    </tr>
  );
};

/** A table of every kind of event; each box is kept at once, and goes back when that failed. */
export const NotificationChoices = ({ kept }: { kept: readonly Setting[] }) => {
  const t = useTranslations("notifications.choices");
  const [settings, setSettings] = useState(kept);
  const problemOf = useErrorText();
  const put = (changed: Setting) =>
    setSettings((held) => held.map((setting) => (setting.type === changed.type ? changed : setting)));
  const choose = (before: Setting, changed: Setting) => {
    put(changed);
    const { type, inApp, email } = changed;
    putNotificationChoices([{ type, inApp, email }]).catch((error: unknown) => {
      put(before);
      toast({ title: problemOf(error), tone: "danger" });
    });
  };
  return (
    <table className="w-full border-collapse">
      <thead>
        <tr>
          <th scope="col" className="pb-2 text-left text-13 font-medium text-muted">
            {t("kind")}
          </th>
          <th scope="col" className="w-24 pb-2 text-13 font-medium text-muted max-sm:w-20">
            {t("inApp")}
          </th>
          <th scope="col" className="w-24 pb-2 text-13 font-medium text-muted max-sm:w-20">
            {t("email")}
          </th>
        </tr>
      </thead>
      <tbody>
        {settings.map((setting) => (
          <Row key={setting.type} setting={setting} onChange={(changed) => choose(setting, changed)} />
        ))}
      </tbody>
    </table>
  );
};
