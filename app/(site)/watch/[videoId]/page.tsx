import { Pencil } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getFormatter, getLocale, getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { categoryHref } from "#components/search/search-address.ts";
import { ShareButton } from "#components/sharing/share-button.tsx";
import { StructuredData } from "#components/sharing/structured-data.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { ChapterList } from "#components/video/chapter-list.tsx";
import { Description } from "#components/video/description.tsx";
import { RelatedVideo } from "#components/video/related-video.tsx";
import { StageNotice } from "#components/video/stage-notice.tsx";
import { viewWords } from "#components/video/view-words.ts";
import { WatchStage } from "#components/video/watch-stage.tsx";
import { videosLike } from "#lib/search/related-videos.ts";
import { scriptJson, videoObject } from "#lib/sharing/json-ld.ts";
import { pageMetadata } from "#lib/sharing/page-metadata.ts";
import { isAllowanceUsedUp } from "#lib/usage/is-allowance-used-up.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { currentViewer } from "#lib/web/identity/current-viewer.ts";
import { pageOrigin } from "#lib/web/page-origin.ts";
import { startSeconds } from "../start-seconds.ts";
import { type OpenedPage, openedPage, type WatchProps } from "./opened-video.ts";
import { resumeSeconds } from "./resume-seconds.ts";
import { WatchActions } from "./watch-actions.tsx";
import { WatchComments } from "./watch-comments.tsx";
import { WatchPlaylist } from "./watch-playlist.tsx";
import { WatchSubscription } from "./watch-subscription.tsx";

/** Title, picture, player and words for other sites; only what is in everybody's lists is told of. */
export const generateMetadata = async (props: WatchProps): Promise<Metadata> => {
  const [page, origin] = await Promise.all([openedPage(props), pageOrigin()]);
  return pageMetadata({ ...page, origin });
};

const Related = async ({ video: { id: videoId, channel } }: { video: Pick<VideoDto, "id" | "channel"> }) => {
  const [viewer, t] = await Promise.all([currentViewer(), getTranslations("watch")]);
  const others = await videosLike({ viewer, videoId, channelId: channel.id, limit: 12 });
  return (
    <aside className="px-4 md:px-0">
      <h2 className="pb-3 text-16 font-bold">{t("related")}</h2>
      {others.length === 0 ? <p className="text-14 text-muted">{t("noRelated")}</p> : null}
      <ul className="flex flex-col gap-4">
        {others.map((video) => (
          <li key={video.id}>
            <RelatedVideo video={video} />
          </li>
        ))}
      </ul>
    </aside>
  );
};

const About = async ({ video, facts }: OpenedPage) => {
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
          {video.editable ? (
            <Link href={`/studio/videos/${video.id}`} className={buttonClass()}>
              <Pencil aria-hidden strokeWidth={1.75} />
              {t("edit")}
            </Link>
          ) : null}
        </div>
      </div>
      <Description
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

/** A video: player first, then what it is, then others. */
export default async function WatchPage(props: WatchProps) {
  const [{ video, facts }, search, viewer, origin] = await Promise.all([
    openedPage(props),
    props.searchParams,
    currentViewer(),
    pageOrigin(),
  ]);
  const stopped = !video.editable && (await isAllowanceUsedUp(video.id));
  const start = search.t === undefined ? await resumeSeconds({ viewer, videoId: video.id }) : startSeconds(search.t);
  const t = await getTranslations("watch.allowance");
  return (
    <div className="grid gap-x-7 gap-y-8 pb-12 md:px-6 md:pt-3 lg:grid-cols-[minmax(0,1fr)_340px] xl:grid-cols-[minmax(0,1fr)_380px]">
      <div className="min-w-0">
        {stopped ? (
          <div className="relative aspect-video w-full overflow-hidden bg-stage md:rounded-media">
            <StageNotice title={t("title")} text={t("text")} />
          </div>
        ) : (
          <WatchStage key={video.id} drawn={video} startSeconds={start} account={viewer?.id ?? null} />
        )}
        <About video={video} facts={facts} />
        <div className="px-4 pt-8 md:px-0">
          <Suspense>
            <WatchComments video={video} linkedId={search.comment} />
          </Suspense>
        </div>
        {facts.described === null ? null : (
          <StructuredData json={scriptJson(videoObject({ video: facts.described, origin }))} />
        )}
      </div>
      <div>
        <WatchPlaylist listId={search.list} videoId={video.id} />
        <Related video={video} />
      </div>
    </div>
  );
}
