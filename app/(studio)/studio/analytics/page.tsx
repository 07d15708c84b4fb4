import { ChartNoAxesColumn } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { AnalyticsBar } from "#components/analytics/analytics-bar.tsx";
import { AnalyticsBlock, AnalyticsPage } from "#components/analytics/analytics-page.tsx";
import { AudiencePanel } from "#components/analytics/audience-panel.tsx";
import { MostViewed } from "#components/analytics/most-viewed.tsx";
import { daysUpTo, type PeriodDays, periodOf } from "#components/analytics/period.ts";
import { QualityPanel } from "#components/analytics/quality-panel.tsx";
import { ViewsChart } from "#components/analytics/views-chart.tsx";
import { WatchNumbers } from "#components/analytics/watch-numbers.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { ChannelAnalyticsDto } from "#lib/analytics/dto.ts";
import { getChannelAnalytics } from "#lib/analytics/get-channel-analytics.ts";
import { listOwnChannels } from "#lib/channels/read-channels.ts";
import { creatorGate } from "../creator-gate.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };
type Channel = { handle: string; name: string };

const path = "/studio/analytics";

/** The page's title. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("analytics");
  return { title: t("title"), robots: { index: false } };
};

const ChannelLinks = async (props: { channels: readonly Channel[]; shown: Channel; days: PeriodDays }) => {
  const { channels, shown, days } = props;
  const t = await getTranslations("analytics");
  if (channels.length < 2) return null;
  return (
    <nav aria-label={t("channels")} className="flex flex-wrap gap-1">
      {channels.map(({ handle, name }) => (
        <Link
          key={handle}
          href={`${path}?${new URLSearchParams({ channel: handle, days: String(days) })}`}
          aria-current={handle === shown.handle ? "true" : undefined}
          className="flex h-9 max-w-60 items-center rounded-control px-3 text-14 text-muted hover:bg-raised hover:text-ink aria-[current]:bg-raised aria-[current]:font-medium aria-[current]:text-ink"
        >
          <span className="truncate">{name}</span>
        </Link>
      ))}
    </nav>
  );
};

const Parts = async ({ analytics }: { analytics: ChannelAnalyticsDto }) => {
  const t = await getTranslations("analytics");
  const { totals, days, videos, quality } = analytics;
  if (totals.plays === 0 && quality.failedPlays === 0) {
    return <EmptyState icon={<ChartNoAxesColumn />} title={t("empty.title")} text={t("empty.channel")} />;
  }
  return (
    <>
      <AnalyticsBlock title={t("views.title")}>
        <WatchNumbers totals={totals} />
        <ViewsChart days={days} />
      </AnalyticsBlock>
      <AnalyticsBlock title={t("videos.title")}>
        <MostViewed videos={videos} />
      </AnalyticsBlock>
      <AnalyticsBlock title={t("audience")}>
        <AudiencePanel {...analytics} />
      </AnalyticsBlock>
      <AnalyticsBlock title={t("quality.title")} text={t("quality.text")}>
        <QualityPanel quality={quality} plays={totals.plays} />
      </AnalyticsBlock>
    </>
  );
};

/** How a channel's videos are watched: the named one of the caller's, else the first. */
export default async function ChannelAnalyticsPage({ searchParams }: Props) {
  const search = await searchParams;
  return creatorGate({
    address: path,
    draw: async (viewer) => {
      const [{ items: channels }, t] = await Promise.all([listOwnChannels(viewer), getTranslations("analytics")]);
      const shown = channels.find(({ handle }) => handle === search.channel) ?? channels[0];
      if (shown === undefined) {
        return <EmptyState heading="h1" title={t("noChannel.title")} text={t("noChannel.text")} />;
      }
      const days = periodOf(search.days);
      const query = daysUpTo(days, new Date());
      const analytics = await getChannelAnalytics({ viewer, handle: shown.handle, query });
      const csvHref = `/api/v1/channels/${shown.handle}/analytics/csv?${new URLSearchParams(query)}`;
      return (
        <AnalyticsPage
          back={{ href: "/studio", label: t("toStudio") }}
          title={channels.length < 2 ? t("title") : t("titleOf", { channel: shown.name })}
          text={t("text")}
          bar={<AnalyticsBar days={days} path={path} query={{ channel: shown.handle }} csvHref={csvHref} />}
        >
          <ChannelLinks channels={channels} shown={shown} days={days} />
          <Parts analytics={analytics} />
        </AnalyticsPage>
      );
    },
  });
}
