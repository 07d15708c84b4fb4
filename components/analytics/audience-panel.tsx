import { useTranslations } from "next-intl";
import { ShareList } from "#components/analytics/share-list.tsx";
import type { VideoAnalyticsDto } from "#lib/analytics/dto.ts";

type Parts = Pick<VideoAnalyticsDto, "sources" | "devices" | "browsers">;

const mostSources = 12;

/** Where plays came from, and on what they ran. */
export const AudiencePanel = ({ sources, devices, browsers }: Parts) => {
  const t = useTranslations("analytics");
  const sourceName = ({ kind, host }: Parts["sources"][number]) =>
    host === null ? t(`sources.${kind}`) : kind === "embed" ? t("sources.embedOn", { host }) : host;
  const shown = sources.slice(0, mostSources);
  const rest = sources.slice(mostSources).reduce((sum, { plays }) => sum + plays, 0);
  const named = shown.map((source) => ({
    ...{ key: `${source.kind} ${source.host ?? ""}`, name: sourceName(source), value: source.plays },
  }));
  return (
    <div className="grid gap-x-10 gap-y-8 md:grid-cols-3">
      <ShareList
        title={t("sources.title")}
        empty={t("nothing")}
        shares={rest === 0 ? named : [...named, { key: "rest", name: t("sources.rest"), value: rest }]}
      />
      <ShareList
        title={t("devices.title")}
        empty={t("nothing")}
        shares={devices.map(({ device, plays }) => ({ key: device, name: t(`devices.${device}`), value: plays }))}
      />
      <ShareList
        title={t("browsers.title")}
        empty={t("nothing")}
        shares={browsers.map(({ browser, plays }) => ({ key: browser, name: t(`browsers.${browser}`), value: plays }))}
      />
    </div>
  );
};
