import { useFormatter, useTranslations } from "next-intl";
import { useSize } from "#components/admin/use-size.ts";
import type { AdminUsage } from "#lib/admin/dto.ts";

const height = 100;

/** What was stored at the end of each day: an area that begins at nothing, and what it says in one sentence. */
export const StoredChart = ({ days }: { days: AdminUsage["days"] }) => {
  const t = useTranslations("admin.usage");
  const size = useSize();
  const format = useFormatter();
  const [first, last] = [days.at(0), days.at(-1)];
  const most = Math.max(1, ...days.map(({ storedBytes }) => storedBytes));
  if (first === undefined || last === undefined) return null;
  const short = (day: string) =>
    format.dateTime(new Date(`${day}T00:00:00Z`), { day: "numeric", month: "short", timeZone: "UTC" });
  const top = days.map(({ storedBytes }, index) => `${index},${height - (Math.max(0, storedBytes) / most) * height}`);
  const change = last.storedBytes - first.storedBytes;
  const label = t("storedChart", {
    size: size(last.storedBytes),
    days: days.length,
    change: `${change > 0 ? "+" : ""}${size(change)}`,
  });
  return (
    <figure>
      <figcaption className="tabular pb-3 text-15 font-medium">{label}</figcaption>
      <p aria-hidden className="tabular border-b border-line pb-1 text-12 text-faint">
        {size(most === 1 ? 0 : most)}
      </p>
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${days.length - 1} ${height}`}
        preserveAspectRatio="none"
        className="block h-40 w-full"
      >
        <polygon
          points={`0,${height} ${top.join(" ")} ${days.length - 1},${height}`}
          className="fill-muted opacity-30"
        />
        <polyline
          points={top.join(" ")}
          fill="none"
          strokeWidth={1.5}
          vectorEffect="non-scaling-stroke"
          className="stroke-muted"
        />
      </svg>
      <p aria-hidden className="tabular flex justify-between border-t border-line pt-1.5 text-12 text-faint">
        <span>{short(first.day)}</span>
        <span>{short(last.day)}</span>
      </p>
    </figure>
  );
};
