import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Age } from "#components/video/age.tsx";
import { viewWords } from "#components/video/view-words.ts";
import type { VideoDto } from "#lib/videos/dto.ts";

/** How often a video was viewed: "128 views", "1.2K views". */
const ViewCount = ({ count }: { count: number }) => {
  const t = useTranslations("common");
  const format = useFormatter();
  const locale = useLocale();
  return <span title={format.number(count)}>{t("views", viewWords({ count, locale }))}</span>;
};

/** The quiet line of a card: how often it was viewed, and how long ago it came. */
export const ViewsAndAge = ({ video }: { video: VideoDto }) => (
  <span className="tabular">
    <ViewCount count={video.viewCount} />
    <span aria-hidden> · </span>
    <Age date={video.publishedAt ?? video.createdAt} />
  </span>
);
