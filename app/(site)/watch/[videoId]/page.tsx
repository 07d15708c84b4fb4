import { Pencil } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getFormatter, getLocale, getTranslations } from "next-intl/server";
import { cache } from "react";
import { Avatar } from "#components/ui/avatar.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { ChapterList } from "#components/video/chapter-list.tsx";
import { Description } from "#components/video/description.tsx";
import { RelatedVideo } from "#components/video/related-video.tsx";
import { ShareButton } from "#components/video/share-button.tsx";
import { StageNotice } from "#components/video/stage-notice.tsx";
import { WatchStage } from "#components/video/watch-stage.tsx";
import { AppError } from "#lib/errors.ts";
import { idSchema } from "#lib/ids.ts";
import { isAllowanceUsedUp } from "#lib/usage/is-allowance-used-up.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { getVideo } from "#lib/videos/get-video.ts";
import { listVideos } from "#lib/videos/list-videos.ts";
import { currentViewer } from "#lib/web/identity/current-viewer.ts";
import { startSeconds } from "../start-seconds.ts";

type Props = {
  params: Promise<{ videoId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** The video, or the not-found page for what there is not and what the asker may not see alike. */
const videoOf = cache(async (videoId: string): Promise<VideoDto> => {
  if (!idSchema.safeParse(videoId).success) notFound();
  const [viewer, locale] = await Promise.all([currentViewer(), getLocale()]);
  return getVideo({ viewer, videoId, locale: locale === "uk" ? "uk" : "en" }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
});

const words = (text: string) => text.replaceAll(/\s+/g, " ").trim().slice(0, 200);

/** Title, picture and words for other sites; only public videos may be indexed. */
export const generateMetadata = async ({ params }: Props): Promise<Metadata> => {
  const { videoId } = await params;
  const video = await videoOf(videoId);
  const description = words(video.description);
  const { posterUrl } = video.playback;
  const open = video.visibility === "public";
  return {
    title: video.title,
    ...(description === "" ? {} : { description }),
    alternates: { canonical: `/watch/${video.id}` },
    ...(open ? {} : { robots: { index: false } }),
    openGraph: {
      type: "video.other",
      title: video.title,
      url: `/watch/${video.id}`,
      ...(description === "" ? {} : { description }),
      // A signed address would hand the picture of a private video on.
      ...(open && posterUrl !== null ? { images: [{ url: posterUrl }] } : {}),
    },
    twitter: { card: "summary_large_image" },
  };
};

const Related = async ({ videoId }: { videoId: string }) => {
  const [viewer, t] = await Promise.all([currentViewer(), getTranslations("watch")]);
  const { items } = await listVideos({ viewer, query: { limit: 13 } });
  const others = items.filter((video) => video.id !== videoId).slice(0, 12);
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

const About = async ({ video }: { video: VideoDto }) => {
  const [t, common, format] = await Promise.all([getTranslations("watch"), getTranslations("common"), getFormatter()]);
  const date = format.dateTime(new Date(video.publishedAt ?? video.createdAt), { dateStyle: "medium" });
  const visibility = video.visibility === "public" ? null : common(`visibility.${video.visibility}`);
  return (
    <div className="flex flex-col gap-4 px-4 pt-4 md:px-0">
      {video.takenDown !== null && video.playable ? (
        <p className="text-14 text-danger">{t("takenDown.line", { reason: video.takenDown.reason })}</p>
      ) : null}
      <h1 className="text-20 font-bold wrap-anywhere">{video.title}</h1>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
        <Link href={`/@${video.channel.handle}`} className="flex min-w-0 items-center gap-3 rounded-control">
          <Avatar name={video.channel.name} />
          <span className="min-w-0">
            <span className="block truncate text-15 font-bold">{video.channel.name}</span>
            <span className="block truncate text-12 text-muted">@{video.channel.handle}</span>
          </span>
        </Link>
        <div className="flex gap-2">
          <ShareButton />
          {video.editable ? (
            <Link href={`/studio/videos/${video.id}`} className={buttonClass()}>
              <Pencil aria-hidden strokeWidth={1.75} />
              {t("edit")}
            </Link>
          ) : null}
        </div>
      </div>
      <Description
        when={[t(video.publishedAt === null ? "added" : "published", { date }), visibility].filter(Boolean).join(" · ")}
        text={video.description}
        tags={video.tags}
      />
      <ChapterList chapters={video.playback.chapters} />
    </div>
  );
};

/** A video: player first, then what it is, then others. */
export default async function WatchPage({ params, searchParams }: Props) {
  const [{ videoId }, search] = await Promise.all([params, searchParams]);
  const video = await videoOf(videoId);
  const viewer = await currentViewer();
  const stopped = !video.editable && (await isAllowanceUsedUp(videoId));
  const t = await getTranslations("watch.allowance");
  return (
    <div className="grid gap-x-7 gap-y-8 pb-12 md:px-6 md:pt-3 lg:grid-cols-[minmax(0,1fr)_340px] xl:grid-cols-[minmax(0,1fr)_380px]">
      <div className="min-w-0">
        {stopped ? (
          <div className="relative aspect-video w-full overflow-hidden bg-stage md:rounded-media">
            <StageNotice title={t("title")} text={t("text")} />
          </div>
        ) : (
          <WatchStage key={video.id} drawn={video} startSeconds={startSeconds(search.t)} account={viewer?.id ?? null} />
        )}
        <About video={video} />
      </div>
      <Related videoId={video.id} />
    </div>
  );
}
