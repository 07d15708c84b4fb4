import { ChartNoAxesColumn } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AnalyticsBar } from "#components/analytics/analytics-bar.tsx";
import { AnalyticsBlock, AnalyticsPage } from "#components/analytics/analytics-page.tsx";
import { AudiencePanel } from "#components/analytics/audience-panel.tsx";
import { daysUpTo, periodOf } from "#components/analytics/period.ts";
import { QualityPanel } from "#components/analytics/quality-panel.tsx";
import { RetentionChart } from "#components/analytics/retention-chart.tsx";
import { ViewsChart } from "#components/analytics/views-chart.tsx";
import { WatchNumbers } from "#components/analytics/watch-numbers.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { Account } from "#lib/accounts/viewer.ts";
import type { VideoAnalyticsDto } from "#lib/analytics/dto.ts";
import { getVideoAnalytics } from "#lib/analytics/get-video-analytics.ts";
import { AppError } from "#lib/errors.ts";
import { idSchema } from "#lib/ids.ts";
import { getVideo } from "#lib/videos/get-video.ts";
import { creatorGate } from "../../../creator-gate.tsx";

type Props = {
  params: Promise<{ videoId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** The page's title; the video's own would name a private one to whoever asks. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("analytics");
  return { title: t("title"), robots: { index: false } };
};

type Asked = { viewer: Account; videoId: string; query: { from: string; to: string } };

const read = async ({ viewer, videoId, query }: Asked) => {
  if (!idSchema.safeParse(videoId).success) notFound();
  try {
    const analytics = await getVideoAnalytics({ viewer, videoId, query });
    return { analytics, video: await getVideo({ viewer, videoId }) };
  } catch (error) {
    // To whoever may only watch, its numbers are not there.
    if (error instanceof AppError && (error.code === "not_found" || error.code === "forbidden")) notFound();
    throw error;
  }
};

const Parts = async ({ analytics, storyboardUrl }: { analytics: VideoAnalyticsDto; storyboardUrl: string | null }) => {
  const t = await getTranslations("analytics");
  const { totals, days, retention, quality } = analytics;
  const isEmpty = totals.plays === 0 && quality.failedPlays === 0;
  if (isEmpty) {
    return <EmptyState icon={<ChartNoAxesColumn />} title={t("empty.title")} text={t("empty.video")} />;
  }
  return (
    <>
      <AnalyticsBlock title={t("views.title")}>
        <WatchNumbers totals={totals} />
        <ViewsChart days={days} />
      </AnalyticsBlock>
      {retention === null ? null : (
        <AnalyticsBlock title={t("retention.title")} text={t("retention.text")}>
          <RetentionChart retention={retention} storyboardUrl={storyboardUrl} />
        </AnalyticsBlock>
      )}
      <AnalyticsBlock title={t("audience")}>
        <AudiencePanel {...analytics} />
      </AnalyticsBlock>
      <AnalyticsBlock title={t("quality.title")} text={t("quality.text")}>
        <QualityPanel quality={quality} plays={totals.plays} />
      </AnalyticsBlock>
    </>
  );
};

/** How one video is watched. What the caller does not work on is not found. */
export default async function VideoAnalyticsPage({ params, searchParams }: Props) {
  const [{ videoId }, search] = await Promise.all([params, searchParams]);
  const path = `/studio/videos/${videoId}/analytics`;
  return creatorGate({
    address: path,
    draw: async (viewer) => {
      const days = periodOf(search.days);
      const query = daysUpTo(days, new Date());
      const [{ analytics, video }, t] = await Promise.all([
        read({ viewer, videoId, query }),
        getTranslations("analytics"),
      ]);
      const csvHref = `/api/v1/videos/${video.id}/analytics/csv?${new URLSearchParams(query)}`;
      return (
        <AnalyticsPage
          back={{ href: `/studio/videos/${video.id}`, label: t("toVideo") }}
          title={video.title}
          text={t("text")}
          bar={<AnalyticsBar days={days} path={path} csvHref={csvHref} />}
        >
          <Parts analytics={analytics} storyboardUrl={video.playback.storyboardUrl} />
        </AnalyticsPage>
      );
    },
  });
}
