import { useFormatter, useLocale, useTranslations } from "next-intl";
import { formatWatchTime } from "#components/analytics/watch-time.ts";
import { lengthClock } from "#components/video/duration.ts";
import type { VideoAnalyticsDto } from "#lib/analytics/dto.ts";

/** What a period comes to, in four numbers. */
export const WatchNumbers = ({ totals }: { totals: VideoAnalyticsDto["totals"] }) => {
  const t = useTranslations("analytics.numbers");
  const format = useFormatter();
  const locale = useLocale();
  const { views, viewers, plays, watchMs } = totals;
  const numbers = [
    { name: t("views"), value: format.number(views), hint: t("viewsHint") },
    { name: t("watchTime"), value: formatWatchTime({ ms: watchMs, locale }), hint: t("watchTimeHint") },
    { name: t("average"), value: plays === 0 ? "–" : lengthClock(watchMs / plays), hint: t("averageHint", { plays }) },
    { name: t("viewers"), value: format.number(viewers), hint: t("viewersHint") },
  ];
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-5 md:grid-cols-4">
      {numbers.map(({ name, value, hint }) => (
        <div key={name} className="flex flex-col">
          <dt className="text-13 text-muted">{name}</dt>
          <dd className="tabular mt-0.5 text-28 font-bold tracking-[-0.01em]">{value}</dd>
          <dd className="mt-0.5 text-12 text-pretty text-faint">{hint}</dd>
        </div>
      ))}
    </dl>
  );
};
