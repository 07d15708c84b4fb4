import { useFormatter, useTranslations } from "next-intl";
import { Age } from "#components/video/age.tsx";
import type { VideoDto } from "#lib/videos/dto.ts";

/** Beyond this numbers are told in thousands, which take one plural form whatever follows. */
const thousand = 1000;

/** How often a video was viewed: "128 views", "1.2K views". */
export const ViewCount = ({ count }: { count: number }) => {
  const t = useTranslations("common");
  const format = useFormatter();
  const short = format.number(count, { notation: "compact", maximumFractionDigits: 1 });
  const plural = count < thousand ? count : Math.floor(count / thousand) * thousand;
  return <span title={format.number(count)}>{t("views", { count: plural, short })}</span>;
};

/** The quiet line of a card: how often it was viewed, and how long ago it came. */
export const ViewsAndAge = ({ video }: { video: VideoDto }) => (
  <span className="tabular">
    <ViewCount count={video.viewCount} />
    <span aria-hidden> · </span>
    <Age date={video.publishedAt ?? video.createdAt} />
  </span>
);
