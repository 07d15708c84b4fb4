import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DataExport } from "#components/settings/data-export.tsx";
import { LeaveAccount } from "#components/settings/leave-account.tsx";
import { PlaceSetting } from "#components/settings/place-setting.tsx";
import { SettingsBlock, SettingsPage } from "#components/settings/settings-page.tsx";
import { listExports } from "#lib/accounts/leaving/export-data.ts";
import { previewLeaving } from "#lib/accounts/leaving/leave.ts";
import { getLabelSettings } from "#lib/labels/label-settings.ts";
import { accountGate } from "../account-gate.ts";

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("your-data");
  return { title: t("title"), robots: { index: false } };
};

/** A copy of the account's data, and its deletion. */
export default async function DataPage() {
  const viewer = await accountGate("/settings/data");
  const [t, words, { placeFromFile }, { items }, preview] = await Promise.all([
    getTranslations("your-data"),
    getTranslations("suggested-tags.settings"),
    getLabelSettings(viewer),
    listExports(viewer),
    previewLeaving(viewer),
  ]);
  return (
    <SettingsPage title={t("title")} text={t("text")}>
      <SettingsBlock title={t("export.title")} text={t("export.text")}>
        <DataExport exports={items} />
      </SettingsBlock>
      {viewer.role === "viewer" ? null : (
        <SettingsBlock title={words("title")}>
          <PlaceSetting placeFromFile={placeFromFile} />
        </SettingsBlock>
      )}
      <SettingsBlock title={t("leave.title")} text={t("leave.text", { days: preview.graceDays })}>
        <LeaveAccount username={viewer.username} preview={preview} />
      </SettingsBlock>
    </SettingsPage>
  );
}
