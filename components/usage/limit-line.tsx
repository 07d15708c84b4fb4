import { useLocale, useTranslations } from "next-intl";
import { formatBytes, formatPercent } from "#components/studio/studio-format.ts";
import { ProgressBar } from "#components/ui/progress-bar.tsx";

/** What is used of a limit that begins anew each day or month; without a limit only what is used. */
export const LimitLine = ({ label, used, limit }: { label: string; used: number; limit: number | null }) => {
  const t = useTranslations("usage.limits");
  const locale = useLocale() === "uk" ? "uk" : "en";
  const size = (bytes: number) => formatBytes({ bytes, locale });
  const percent = limit === null ? null : limit === 0 ? 100 : Math.min(100, (used / limit) * 100);
  return (
    <div className="flex flex-col gap-2">
      <p className="tabular flex flex-wrap items-baseline justify-between gap-x-4 text-14">
        <span>{label}</span>
        <span className="text-muted">
          {limit === null ? t("none", { used: size(used) }) : t("of", { used: size(used), limit: size(limit) })}
        </span>
      </p>
      {percent === null ? null : (
        <ProgressBar percent={percent} label={label} valueText={formatPercent({ percent, locale })} tone="plain" />
      )}
    </div>
  );
};
