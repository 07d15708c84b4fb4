import { useFormatter, useLocale, useTranslations } from "next-intl";
import { formatBytes } from "#components/studio/studio-format.ts";
import { DayBars } from "#components/ui/day-bars.tsx";
import type { UsageDto } from "#lib/usage/dto.ts";

type Days = UsageDto["delivery"]["days"];

const useDayWords = () => {
  const format = useFormatter();
  const at = (day: string) => new Date(`${day}T00:00:00Z`);
  return {
    short: (day: string) => format.dateTime(at(day), { day: "numeric", month: "short", timeZone: "UTC" }),
    long: (day: string) => format.dateTime(at(day), { dateStyle: "medium", timeZone: "UTC" }),
  };
};

const useSize = () => {
  const locale = useLocale() === "uk" ? "uk" : "en";
  return (bytes: number) => formatBytes({ bytes, locale });
};

const DayTable = ({ days }: { days: Days }) => {
  const t = useTranslations("usage.delivery");
  const format = useFormatter();
  const size = useSize();
  const words = useDayWords();
  return (
    <details className="text-14">
      <summary className="w-fit cursor-pointer rounded-xs text-muted hover:text-ink">{t("table")}</summary>
      <div className="mt-3 rounded-control border border-line">
        <table className="tabular w-full border-collapse">
          <thead>
            <tr className="text-left text-13 text-muted">
              <th scope="col" className="px-3 py-2 font-medium">
                {t("day")}
              </th>
              <th scope="col" className="px-3 py-2 text-right font-medium">
                {t("bytes")}
              </th>
              <th scope="col" className="px-3 py-2 text-right font-medium">
                {t("requests")}
              </th>
            </tr>
          </thead>
          <tbody>
            {days.toReversed().map(({ day, bytes, requests }) => (
              <tr key={day} className="border-t border-line">
                <th scope="row" className="px-3 py-1.5 text-left font-normal">
                  {words.long(day)}
                </th>
                <td className="px-3 py-1.5 text-right">{size(bytes)}</td>
                <td className="px-3 py-1.5 text-right text-muted">{format.number(requests)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
};

/** What was delivered day by day: a chart, what it says in one sentence, and the same as a table. */
export const DeliveryChart = ({ days }: { days: Days }) => {
  const t = useTranslations("usage.delivery");
  const size = useSize();
  const words = useDayWords();
  const total = days.reduce((sum, { bytes }) => sum + bytes, 0);
  const top = days.reduce((best, day) => (day.bytes > best.bytes ? day : best), { day: "", bytes: 0, requests: 0 });
  const [first, last] = [days.at(0), days.at(-1)];
  const count = days.length;
  if (total === 0 || first === undefined || last === undefined) {
    return <p className="text-14 text-muted">{t("quiet", { days: count })}</p>;
  }
  const label = t("chart", { total: size(total), days: count, day: words.long(top.day), most: size(top.bytes) });
  return (
    <div className="flex flex-col gap-4">
      <figure>
        <figcaption className="tabular pb-3 text-15 font-medium">
          {t("total", { total: size(total), days: count })}
        </figcaption>
        <p aria-hidden className="tabular border-b border-line pb-1 text-12 text-faint">
          {size(top.bytes)}
        </p>
        <DayBars
          bars={days.map(({ day, bytes }) => ({
            ...{ key: day, value: bytes, title: t("bar", { day: words.long(day), size: size(bytes) }) },
          }))}
          label={label}
        />
        <p aria-hidden className="tabular flex justify-between border-t border-line pt-1.5 text-12 text-faint">
          <span>{words.short(first.day)}</span>
          <span>{words.short(last.day)}</span>
        </p>
      </figure>
      <DayTable days={days} />
    </div>
  );
};
