import { Download, Pencil } from "lucide-react";
import Link from "next/link";
import { getFormatter, getLocale, getTranslations } from "next-intl/server";
import { categoryHref } from "#components/search/search-address.ts";
import { ShareButton } from "#components/sharing/share-button.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { ChapterList } from "#components/video/chapter-list.tsx";
import { Description } from "#components/video/description.tsx";
import { TranscriptButton } from "#components/video/transcript-button.tsx";
import { viewWords } from "#components/video/view-words.ts";
import type { OpenedPage } from "./opened-video.ts";
import { WatchActions } from "./watch-actions.tsx";
import { WatchSubscription } from "./watch-subscription.tsx";

/** What a video is, whose it is, and what one may do about it. */
export const WatchAbout = async ({ video, facts }: OpenedPage) => {
  const [t, common, categories, format] = await Promise.all([
    getTranslations("watch"),
    getTranslations("common"),
    getTranslations("categories"),
    getFormatter(),
  ]);
  const date = format.dateTime(new Date(video.publishedAt ?? video.createdAt), { dateStyle: "medium" });
  const views = common("views", viewWords({ count: video.viewCount, locale: await getLocale() }));
  const visibility = video.visibility === "public" ? null : common(`visibility.${video.visibility}`);
  return (
    <div className="flex flex-col gap-4 px-4 pt-4 md:px-0">
      {video.takenDown !== null && video.playable ? (
        <p className="text-14 text-danger">{t("takenDown.line", { reason: video.takenDown.reason })}</p>
      ) : null}
      <h1 className="text-20 font-bold wrap-anywhere">{video.title}</h1>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
        <div className="flex min-w-0 items-center gap-4">
          <Link href={`/@${video.channel.handle}`} className="flex min-w-0 items-center gap-3 rounded-control">
            <Avatar name={video.channel.name} />
            <span className="min-w-0">
              <span className="block truncate text-15 font-bold">{video.channel.name}</span>
              <span className="block truncate text-12 text-muted">@{video.channel.handle}</span>
            </span>
          </Link>
          <WatchSubscription channel={video.channel} videoId={video.id} />
        </div>
        <div className="flex flex-wrap gap-2">
          <WatchActions videoId={video.id} />
          <ShareButton
            shared={{ videoId: video.id, title: video.title, width: video.width, height: video.height }}
            visibility={video.visibility}
            embeddable={facts.embeddable}
          />
          {facts.soundUrl === null ? null : (
            <a href={facts.soundUrl} download className={buttonClass()}>
              <Download aria-hidden strokeWidth={1.75} />
              {t("download")}
            </a>
          )}
          {video.playback.captions.length === 0 ? null : <TranscriptButton />}
          {video.editable ? (
            <Link href={`/studio/videos/${video.id}`} className={buttonClass()}>
              <Pencil aria-hidden strokeWidth={1.75} />
              {t("edit")}
            </Link>
          ) : null}
        </div>
      </div>
      <Description
        videoId={video.id}
        durationMs={video.durationMs}
        when={[views, t(video.publishedAt === null ? "added" : "published", { date }), visibility]
          .filter(Boolean)
          .join(" · ")}
        text={video.description}
        tags={video.tags}
        category={
          video.category === null ? null : { label: categories(video.category), href: categoryHref(video.category) }
        }
      />
      <ChapterList chapters={video.playback.chapters} />
    </div>
  );
};
