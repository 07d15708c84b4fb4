import Link from "next/link";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { formatWatchTime } from "#components/analytics/watch-time.ts";
import type { ChannelAnalyticsDto } from "#lib/analytics/dto.ts";

/** The videos of a channel that were viewed most, each with the way to its own numbers. */
export const MostViewed = ({ videos }: { videos: ChannelAnalyticsDto["videos"] }) => {
  const t = useTranslations("analytics.videos");
  const format = useFormatter();
  const locale = useLocale();
  return (
    <table className="tabular w-full border-collapse text-14">
      <thead>
        <tr className="text-13 text-muted">
          <th scope="col" className="py-2 pr-4 text-left font-medium">
            {t("video")}
          </th>
          <th scope="col" className="py-2 pl-4 text-right font-medium">
            {t("views")}
          </th>
          <th scope="col" className="py-2 pl-4 text-right font-medium max-sm:hidden">
            {t("viewers")}
          </th>
          <th scope="col" className="py-2 pl-4 text-right font-medium whitespace-nowrap">
            {t("watchTime")}
          </th>
        </tr>
      </thead>
      <tbody>
        {videos.map(({ id, title, views, viewers, watchMs }) => (
          <tr key={id} className="border-t border-line">
            <th scope="row" className="w-full max-w-0 py-2.5 pr-4 text-left font-normal">
              <Link href={`/studio/videos/${id}/analytics`} className="block truncate rounded-xs hover:underline">
                {title}
              </Link>
            </th>
            <td className="py-2.5 pl-4 text-right">{format.number(views)}</td>
            <td className="py-2.5 pl-4 text-right text-muted max-sm:hidden">{format.number(viewers)}</td>
            <td className="py-2.5 pl-4 text-right whitespace-nowrap text-muted">
              {formatWatchTime({ ms: watchMs, locale })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
