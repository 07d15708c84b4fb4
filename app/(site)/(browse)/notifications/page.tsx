import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { NotificationList } from "#components/notifications/notification-list.tsx";
import { listNotifications } from "#lib/notifications/list-notifications.ts";
import { currentViewer } from "#lib/web/identity/current-viewer.ts";

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("notices");
  return { title: t("title"), robots: { index: false } };
};

/** Everything that the account was told, the newest first. */
export default async function NotificationsPage() {
  const viewer = await currentViewer();
  if (viewer === null) redirect("/login?next=%2Fnotifications");
  const [t, locale] = await Promise.all([getTranslations("notices"), getLocale()]);
  const first = await listNotifications({ viewer, query: { limit: 30 }, locale: locale === "uk" ? "uk" : "en" });
  return (
    <div className="mx-auto w-full max-w-[680px] px-4 pt-6 pb-16">
      <h1 className="text-28 font-bold tracking-[-0.01em]">{t("title")}</h1>
      <p className="mt-2 mb-4 text-15 text-pretty text-muted">{t("pageText")}</p>
      <NotificationList account={viewer.id} first={first} />
    </div>
  );
}
