import { useFormatter, useLocale, useTranslations } from "next-intl";
import { formatWatchTime } from "#components/analytics/watch-time.ts";
import { DayBars } from "#components/ui/day-bars.tsx";
import type { VideoAnalyticsDto } from "#lib/analytics/dto.ts";

type Days = VideoAnalyticsDto["days"];

const useDayWords = () => {
  const format = useFormatter();
  const at = (day: string) => new Date(`${day}T00:00:00Z`);
  return {
    short: (day: string) => format.dateTime(at(day), { day: "numeric", month: "short", timeZone: "UTC" }),
    long: (day: string) => format.dateTime(at(day), { dateStyle: "medium", timeZone: "UTC" }),
  };
};

const columns = ["day", "views", "plays", "viewers", "watchTime"] as const;

const DayTable = ({ days }: { days: Days }) => {
  const t = useTranslations("analytics.views");
  const format = useFormatter();
  const locale = useLocale();
  const words = useDayWords();
  return (
    <details className="text-14">
      <summary className="w-fit cursor-pointer rounded-xs text-muted hover:text-ink">{t("table")}</summary>
      <div className="mt-3 overflow-x-auto rounded-control border border-line">
        <table className="tabular w-full border-collapse">
          <thead>
            <tr className="text-13 text-muted">
              {columns.map((column) => (
                <th
                  key={column}
                  scope="col"
                  className="px-3 py-2 text-right font-medium whitespace-nowrap first:text-left"
                >
                  {t(`columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.toReversed().map(({ day, views, plays, viewers, watchMs }) => (
              <tr key={day} className="border-t border-line whitespace-nowrap">
                <th scope="row" className="px-3 py-1.5 text-left font-normal">
                  {words.long(day)}
                </th>
                {[views, plays, viewers].map((value, index) => (
                  <td key={columns[index + 1]} className="px-3 py-1.5 text-right">
                    {format.number(value)}
                  </td>
                ))}
                <td className="px-3 py-1.5 text-right text-muted">{formatWatchTime({ ms: watchMs, locale })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
};

/** Views day by day: a chart, what it says in one sentence, and all numbers as a table. */
export const ViewsChart = ({ days }: { days: Days }) => {
  const t = useTranslations("analytics.views");
  const format = useFormatter();
  const words = useDayWords();
  const views = days.reduce((sum, day) => sum + day.views, 0);
  const top = days.reduce((best, day) => (day.views > best.views ? day : best));
  const [first, last] = [days.at(0), days.at(-1)];
  if (first === undefined || last === undefined) return null;
  const bars = days.map((day) => ({
    ...{ key: day.day, value: day.views, title: t("bar", { day: words.long(day.day), views: day.views }) },
  }));
  const label = t("chart", { views, days: days.length, day: words.long(top.day), most: top.views });
  return (
    <div className="flex flex-col gap-4">
      <figure>
        <p aria-hidden className="tabular border-b border-line pb-1 text-12 text-faint">
          {format.number(top.views)}
        </p>
        <DayBars bars={bars} label={label} />
        <p aria-hidden className="tabular flex justify-between border-t border-line pt-1.5 text-12 text-faint">
          <span>{words.short(first.day)}</span>
          <span>{words.short(last.day)}</span>
        </p>
      </figure>
      <DayTable days={days} />
    </div>
  );
};
