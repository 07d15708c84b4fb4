import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { formatBytes } from "#components/studio/studio-format.ts";
import type { UsageDto } from "#lib/usage/dto.ts";

/** The videos that take most room, each with the way to its editor. */
export const BiggestVideos = ({ videos }: { videos: UsageDto["stored"]["byVideo"] }) => {
  const t = useTranslations("usage.videos");
  const locale = useLocale() === "uk" ? "uk" : "en";
  const most = Math.max(1, ...videos.map(({ bytes }) => bytes));
  return (
    <table className="w-full border-collapse text-14">
      <thead className="sr-only">
        <tr>
          <th scope="col">{t("column")}</th>
          <th scope="col">{t("size")}</th>
        </tr>
      </thead>
      <tbody>
        {videos.map(({ videoId, title, bytes, deleted }) => (
          <tr key={videoId} className="border-t border-line first:border-t-0">
            <td className="max-w-0 py-2.5 pr-4">
              {deleted ? (
                <>
                  <span className="block truncate text-muted">{title}</span>
                  <span className="block text-12 text-faint">{t("deleted")}</span>
                </>
              ) : (
                <Link href={`/studio/videos/${videoId}`} className="block truncate rounded-xs hover:underline">
                  {title}
                </Link>
              )}
              <span aria-hidden className="mt-1.5 block h-1 overflow-hidden rounded-xs bg-hover">
                <span className="block h-full bg-muted" style={{ width: `${(bytes / most) * 100}%` }} />
              </span>
            </td>
            <td className="tabular w-24 py-2.5 text-right align-top whitespace-nowrap text-muted">
              {formatBytes({ bytes, locale })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
