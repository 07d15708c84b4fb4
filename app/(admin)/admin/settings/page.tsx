import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { AdminPage } from "#components/admin/admin-page.tsx";
import { SettingsForm } from "#components/admin/settings-form.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { getSettings } from "#lib/settings/admin-settings.ts";
import { adminGate } from "../admin-gate.ts";

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("admin.settings");
  return { title: t("title"), robots: { index: false } };
};

/** What holds for the whole instance. */
export default async function AdminSettingsPage() {
  const viewer = await adminGate();
  const [t, settings] = await Promise.all([getTranslations("admin.settings"), getSettings(viewer)]);
  const trail = (
    <Link href="/admin/audit?action=settings." className={buttonClass({ size: "small" })}>
      {t("trail")}
    </Link>
  );
  return (
    <AdminPage title={t("title")} text={t("text")} aside={trail}>
      <SettingsForm key={JSON.stringify(settings.values)} settings={settings} />
    </AdminPage>
  );
}
