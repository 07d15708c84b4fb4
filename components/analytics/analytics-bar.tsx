import { Download } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type PeriodDays, periods } from "#components/analytics/period.ts";
import { buttonClass } from "#components/ui/button.tsx";

/** Which days are shown, each choice an address of its own, and the same numbers as a file. */
export const AnalyticsBar = ({
  days,
  path,
  query = {},
  csvHref,
}: {
  days: PeriodDays;
  path: string;
  query?: Record<string, string>;
  csvHref: string;
}) => {
  const t = useTranslations("analytics");
  return (
    <div className="flex flex-wrap items-center gap-2">
      <nav aria-label={t("range")} className="flex flex-wrap gap-1">
        {periods.map((period) => (
          <Link
            key={period}
            href={`${path}?${new URLSearchParams({ ...query, days: String(period) })}`}
            scroll={false}
            aria-current={period === days ? "true" : undefined}
            className="flex h-9 items-center rounded-control px-3 text-14 text-muted hover:bg-raised hover:text-ink aria-[current]:bg-raised aria-[current]:font-medium aria-[current]:text-ink"
          >
            {t("days", { days: period })}
          </Link>
        ))}
      </nav>
      <a href={csvHref} download className={buttonClass()}>
        <Download aria-hidden strokeWidth={1.75} />
        {t("csv")}
      </a>
    </div>
  );
};
