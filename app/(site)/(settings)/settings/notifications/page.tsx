import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NotificationChoices } from "#components/notifications/notification-choices.tsx";
import { SettingsPage } from "#components/settings/settings-page.tsx";
import { getNotificationSettings } from "#lib/notifications/notification-settings.ts";
import { accountGate } from "../account-gate.ts";

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("notifications.choices");
  return { title: t("title"), robots: { index: false } };
};

/** What the account hears of, and how. */
export default async function NotificationSettingsPage() {
  const viewer = await accountGate("/settings/notifications");
  const [{ items }, t] = await Promise.all([getNotificationSettings(viewer), getTranslations("notifications.choices")]);
  return (
    <SettingsPage title={t("title")} text={t("text")}>
      <NotificationChoices kept={items} />
    </SettingsPage>
  );
}
