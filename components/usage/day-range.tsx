import Link from "next/link";
import { useTranslations } from "next-intl";

const ranges = [30, 90] as const;

const addressOf = (path: string, query: Record<string, string>): string =>
  Object.keys(query).length === 0 ? path : `${path}?${new URLSearchParams(query)}`;

/** Which days the chart shows; each choice is an address of its own, `path` with its `query`. */
export const DayRange = ({
  days,
  path = "/settings/usage",
  query = {},
}: {
  days: number;
  path?: string;
  query?: Record<string, string>;
}) => {
  const t = useTranslations("usage.delivery");
  return (
    <nav aria-label={t("range")} className="flex gap-1">
      {ranges.map((range) => (
        <Link
          key={range}
          href={addressOf(path, range === 30 ? query : { ...query, days: String(range) })}
          scroll={false}
          aria-current={range === days ? "true" : undefined}
          className="flex h-9 items-center rounded-control px-3 text-14 text-muted hover:bg-raised hover:text-ink aria-[current]:bg-raised aria-[current]:font-medium aria-[current]:text-ink"
        >
          {t(`days${range}`)}
        </Link>
      ))}
    </nav>
  );
};
