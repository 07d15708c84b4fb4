"use client";

import { FileDown } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useSettingsAction } from "#components/settings/use-settings-action.ts";
import { Button, buttonClass } from "#components/ui/button.tsx";
import type { AccountExportDto } from "#lib/accounts/leaving/dto.ts";
import { askForExport } from "#lib/api-client/your-data.ts";

const ExportRow = ({ one }: { one: AccountExportDto }) => {
  const t = useTranslations("your-data.export");
  const format = useFormatter();
  const moment = (time: string) => format.dateTime(new Date(time), { dateStyle: "medium", timeStyle: "short" });
  const { state, createdAt, expiresAt, downloadUrl } = one;
  return (
    <li className="flex items-center gap-4 py-3.5">
      <FileDown aria-hidden size={20} strokeWidth={1.75} className="shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="text-15 font-medium">{t("of", { date: moment(createdAt) })}</p>
        <p className="text-13 text-muted">
          {state === "ready" ? t("ready", { date: moment(expiresAt ?? createdAt) }) : t(state)}
        </p>
      </div>
      {downloadUrl === null ? null : (
        <a href={downloadUrl} download className={buttonClass({ size: "small" })}>
          {t("download")}
        </a>
      )}
    </li>
  );
};

/** The copies that were made of the person's data, and a button for another one. */
export const DataExport = ({ exports }: { exports: readonly AccountExportDto[] }) => {
  const t = useTranslations("your-data.export");
  const { busy, run } = useSettingsAction();
  const waiting = exports.some(({ state }) => state === "queued");
  return (
    <div className="flex flex-col gap-4">
      {exports.length === 0 ? (
        <p className="text-14 text-muted">{t("none")}</p>
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {exports.map((one) => (
            <ExportRow key={one.id} one={one} />
          ))}
        </ul>
      )}
      {waiting ? null : (
        <Button className="self-start" busy={busy} onClick={() => run(() => askForExport().then(() => t("asked")))}>
          {t("ask")}
        </Button>
      )}
    </div>
  );
};
