import { useFormatter, useLocale, useTranslations } from "next-intl";
import { ShareList } from "#components/analytics/share-list.tsx";
import { formatWait } from "#components/analytics/watch-time.ts";
import type { VideoAnalyticsDto } from "#lib/analytics/dto.ts";

type Quality = VideoAnalyticsDto["quality"];

const known = ["gone", "codec", "unsupported", "network", "media"] as const;

const Facts = ({ quality, plays }: { quality: Quality; plays: number }) => {
  const t = useTranslations("analytics.quality");
  const format = useFormatter();
  const locale = useLocale();
  const { startup, stalls, failedPlays } = quality;
  const wait = (ms: number | null) => (ms === null ? "–" : formatWait({ ms, locale }));
  const share = (value: number) => format.number(value, { style: "percent", maximumFractionDigits: 1 });
  const facts = [
    { name: t("startup"), value: wait(startup.p50Ms), hint: t("startupHint", { slow: wait(startup.p90Ms) }) },
    {
      ...{ name: t("stalledPlays"), value: plays === 0 ? "–" : share(stalls.plays / plays) },
      hint: t("stalledHint", { count: stalls.count }),
    },
    { name: t("ratio"), value: plays === 0 ? "–" : share(stalls.ratio), hint: t("ratioHint") },
    { name: t("failed"), value: format.number(failedPlays), hint: t("failedHint") },
  ];
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-5 md:grid-cols-4">
      {facts.map(({ name, value, hint }) => (
        <div key={name} className="flex flex-col">
          <dt className="text-13 text-muted">{name}</dt>
          <dd className="tabular mt-0.5 text-20 font-bold">{value}</dd>
          <dd className="mt-0.5 text-12 text-pretty text-faint">{hint}</dd>
        </div>
      ))}
    </dl>
  );
};

/** How well playback went: start-up, waits, qualities, faults. */
export const QualityPanel = ({ quality, plays }: { quality: Quality; plays: number }) => {
  const t = useTranslations("analytics");
  const errorName = (code: string) => {
    const name = known.find((one) => one === code);
    return name === undefined ? t("quality.errors.other") : t(`quality.errors.${name}`);
  };
  return (
    <div className="flex flex-col gap-8">
      <Facts quality={quality} plays={plays} />
      <div className="grid gap-x-10 gap-y-8 md:grid-cols-3">
        <ShareList
          title={t("quality.renditions")}
          empty={t("nothing")}
          shares={quality.renditions.map(({ height, ms }) => ({ key: String(height), name: `${height}p`, value: ms }))}
        />
        <ShareList
          title={t("quality.errors.title")}
          empty={t("quality.errors.none")}
          shares={quality.errors.map(({ code, count }) => ({ key: code, name: errorName(code), value: count }))}
        />
      </div>
    </div>
  );
};
