import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SettingsBlock, SettingsPage } from "#components/settings/settings-page.tsx";
import { BiggestVideos } from "#components/usage/biggest-videos.tsx";
import { DayRange } from "#components/usage/day-range.tsx";
import { DeliveryChart } from "#components/usage/delivery-chart.tsx";
import { LimitLine } from "#components/usage/limit-line.tsx";
import { StorageBar } from "#components/usage/storage-bar.tsx";
import { getMyUsage } from "#lib/usage/get-usage.ts";
import { accountGate } from "../account-gate.ts";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("usage");
  return { title: t("title"), robots: { index: false } };
};

/** What the account stores, uploads and delivers. */
export default async function UsagePage({ searchParams }: Props) {
  const viewer = await accountGate("/settings/usage");
  const days = (await searchParams).days === "90" ? 90 : 30;
  const [{ stored, uploads, delivery }, t] = await Promise.all([
    getMyUsage({ viewer, days }),
    getTranslations("usage"),
  ]);
  return (
    <SettingsPage title={t("title")} text={t("text")}>
      <SettingsBlock title={t("storage.title")}>
        <StorageBar stored={stored} />
        <LimitLine label={t("limits.today")} used={uploads.todayBytes} limit={uploads.dailyLimitBytes} />
      </SettingsBlock>
      <SettingsBlock title={t("delivery.title")} text={t("delivery.text")} action={<DayRange days={days} />}>
        <LimitLine label={t("limits.month")} used={delivery.monthBytes} limit={delivery.monthlyLimitBytes} />
        {delivery.over ? <p className="text-14 text-danger">{t("limits.over")}</p> : null}
        <DeliveryChart days={delivery.days} />
      </SettingsBlock>
      {stored.byVideo.length === 0 ? null : (
        <SettingsBlock title={t("videos.title")} text={t("videos.text")}>
          <BiggestVideos videos={stored.byVideo} />
        </SettingsBlock>
      )}
    </SettingsPage>
  );
}
