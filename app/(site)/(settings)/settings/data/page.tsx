import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DataExport } from "#components/settings/data-export.tsx";
import { LeaveAccount } from "#components/settings/leave-account.tsx";
import { SettingsBlock, SettingsPage } from "#components/settings/settings-page.tsx";
import { listExports } from "#lib/accounts/leaving/export-data.ts";
import { previewLeaving } from "#lib/accounts/leaving/leave.ts";
import { accountGate } from "../account-gate.ts";

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("your-data");
  return { title: t("title"), robots: { index: false } };
};

/** A copy of the account's data, and its deletion. */
export default async function DataPage() {
  const viewer = await accountGate("/settings/data");
  const [t, { items }, preview] = await Promise.all([
    getTranslations("your-data"),
    listExports(viewer),
    previewLeaving(viewer),
  ]);
  return (
    <SettingsPage title={t("title")} text={t("text")}>
      <SettingsBlock title={t("export.title")} text={t("export.text")}>
        <DataExport exports={items} />
      </SettingsBlock>
      <SettingsBlock title={t("leave.title")} text={t("leave.text", { days: preview.graceDays })}>
        <LeaveAccount username={viewer.username} preview={preview} />
      </SettingsBlock>
    </SettingsPage>
  );
}
