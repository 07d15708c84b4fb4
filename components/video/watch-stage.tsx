"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Player } from "#components/player/player.tsx";
import { StageNotice, StageProgress } from "#components/video/stage-notice.tsx";
import { followVideo } from "#lib/api-client/events.ts";
import { fetchVideo } from "#lib/api-client/videos.ts";
import type { VideoDto } from "#lib/videos/dto.ts";

type Live = { video: VideoDto; deleted: boolean; lost: boolean };

/** Whether more is to come: then the page listens. */
const unfinished = (video: VideoDto) => video.status === "uploading" || video.status === "processing";

/** The video as it stands now: begins with what the server drew and follows its events while a run goes on. */
const useLiveVideo = (drawn: VideoDto): Live => {
  const [live, setLive] = useState<Live>({ video: drawn, deleted: false, lost: false });
  const follow = unfinished(live.video) && !live.deleted;
  useEffect(() => {
    if (!follow) return;
    const take = (video: VideoDto) => setLive((known) => ({ ...known, video, lost: false }));
    return followVideo({
      videoId: drawn.id,
      onOpen: () => {
        // What happened between drawing the page and listening is told by one more look.
        fetchVideo({ videoId: drawn.id }).then(take, () => setLive((known) => ({ ...known, lost: true })));
      },
      onLost: () => setLive((known) => ({ ...known, lost: true })),
      onEvent: ({ name, video }) =>
        name === "deleted" ? setLive((known) => ({ ...known, deleted: true })) : take(video),
    });
  }, [follow, drawn.id]);
  return live;
};

const Failed = ({ video }: { video: VideoDto }) => {
  const t = useTranslations("watch.failed");
  if (!video.editable) return <StageNotice title={t("title")} text={t("other")} />;
  return (
    <StageNotice title={video.failure?.message ?? t("title")} text={video.failure?.hint}>
      <Link
        href="/studio"
        className="mt-4 flex h-9 items-center rounded-control bg-player-hover px-3.5 font-medium hover:bg-player-line"
      >
        {t("studio")}
      </Link>
    </StageNotice>
  );
};

const Stage = ({ live, startSeconds }: { live: Live; startSeconds: number }) => {
  const t = useTranslations("watch");
  const { video, deleted, lost } = live;
  if (deleted) return <StageNotice title={t("deleted.title")} text={t("deleted.text")} />;
  // The first address that plays stays: a later one would start the picture anew.
  if (video.playable && video.playback.hlsUrl !== null) return <Playing video={video} startSeconds={startSeconds} />;
  if (video.status === "failed") return <Failed video={video} />;
  const kind = video.status === "uploading" ? "uploading" : "processing";
  return (
    <StageNotice title={t(`${kind}.title`)} text={t(`${kind}.text`)}>
      <StageProgress video={video} lost={lost} />
    </StageNotice>
  );
};

const Playing = ({ video, startSeconds }: { video: VideoDto; startSeconds: number }) => {
  const [hlsUrl] = useState(video.playback.hlsUrl);
  if (hlsUrl === null) return null;
  return (
    <Player
      videoId={video.id}
      title={video.title}
      hlsUrl={hlsUrl}
      posterUrl={video.playback.posterUrl}
      startSeconds={startSeconds}
    />
  );
};

/**
 * The room of the player, reserved before anything is loaded: the video's own shape, as high as the window allows, and
 * never lower than 16:9 of the width for upright ones.
 */
export const WatchStage = ({ drawn, startSeconds }: { drawn: VideoDto; startSeconds: number }) => {
  const t = useTranslations("watch");
  const live = useLiveVideo(drawn);
  const { video } = live;
  const { posterUrl } = video.playback;
  const upright = (video.height ?? 0) > (video.width ?? 0);
  const ratio = video.width === null || video.height === null ? "16 / 9" : `${video.width} / ${video.height}`;
  return (
    <>
      <div
        className={`relative w-full overflow-hidden bg-stage md:rounded-media ${
          upright
            ? "h-[min(78dvh,177vw)] md:h-[max(420px,calc(100dvh-11rem))]"
            : "max-h-[max(320px,calc(100dvh-11rem))]"
        }`}
        style={upright ? undefined : { aspectRatio: ratio }}
      >
        {video.playable && posterUrl !== null ? (
          // biome-ignore lint/performance/noImgElement: the same poster the player shows, there before it
          <img src={posterUrl} alt="" fetchPriority="high" className="absolute inset-0 size-full object-contain" />
        ) : null}
        <Stage live={live} startSeconds={startSeconds} />
      </div>
      <p
        aria-live="polite"
        className={video.playable && unfinished(video) ? "px-4 pt-2 text-13 text-muted md:px-0" : "sr-only"}
      >
        {!video.playable || live.deleted
          ? ""
          : unfinished(video)
            ? t("moreQualities")
            : unfinished(drawn)
              ? t("becamePlayable")
              : ""}
      </p>
    </>
  );
};
