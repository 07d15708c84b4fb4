"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { expectArrival, isArrival } from "#components/player/arrival.ts";
import { Player, warmPlayer } from "#components/player/player.tsx";
import type { NextVideo } from "#components/video/next-video.ts";
import { StageNotice, StageProgress } from "#components/video/stage-notice.tsx";
import { TimeLeft } from "#components/video/time-left.tsx";
import { useStart } from "#components/video/use-start.ts";
import { useWatchRoom } from "#components/video/watch-room.tsx";
import { followVideo } from "#lib/api-client/events.ts";
import { fetchVideo } from "#lib/api-client/videos.ts";
import type { VideoDto } from "#lib/videos/dto.ts";

type Live = { video: VideoDto; deleted: boolean; lost: boolean };

/** Whether more is to come: then the page listens. */
const unfinished = (video: VideoDto) => video.status === "uploading" || video.status === "processing";

/** The video as it stands now: begins with what the server drew and follows its events while a run goes on. */
const useLiveVideo = ({ drawn, account }: { drawn: VideoDto; account: string | null }): Live => {
  const [live, setLive] = useState<Live>({ video: drawn, deleted: false, lost: false });
  const follow = unfinished(live.video) && !live.deleted;
  useEffect(() => {
    if (!follow) return;
    let told = 0;
    const take = (video: VideoDto) => setLive((known) => ({ ...known, video, lost: false }));
    return followVideo({
      videoId: drawn.id,
      account,
      onOpen: () => {
        // What happened between drawing the page and listening is told by one more look.
        const before = told;
        fetchVideo({ videoId: drawn.id }).then(
          // Whatever an event told while the answer was on its way is newer.
          (video) => before === told && take(video),
          () => setLive((known) => ({ ...known, lost: true })),
        );
      },
      onLost: () => setLive((known) => ({ ...known, lost: true })),
      onEvent: ({ name, video }) => {
        told += 1;
        if (name === "deleted") setLive((known) => ({ ...known, deleted: true }));
        else take(video);
      },
    });
  }, [follow, drawn.id, account]);
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

type Begin = { startSeconds: number | null; autoStart: boolean; goesOn: boolean; next: Promise<NextVideo | null> };

const Stage = ({ live, begin }: { live: Live; begin: Begin }) => {
  const t = useTranslations("watch");
  const { video, deleted, lost } = live;
  if (deleted) return <StageNotice title={t("deleted.title")} text={t("deleted.text")} />;
  if (video.playable && video.playback.hlsUrl !== null) {
    const { startSeconds } = begin;
    if (startSeconds === null) return null;
    return <Playing {...begin} video={video} hlsUrl={video.playback.hlsUrl} startSeconds={startSeconds} />;
  }
  if (video.takenDown !== null) {
    return <StageNotice title={t("takenDown.title")} text={t("takenDown.text", { reason: video.takenDown.reason })} />;
  }
  if (video.status === "failed") return <Failed video={video} />;
  const kind = video.status === "uploading" ? "uploading" : "processing";
  return (
    <StageNotice title={t(`${kind}.title`)} text={t(`${kind}.text`)}>
      <StageProgress video={video} lost={lost} />
    </StageNotice>
  );
};

const Playing = ({
  hlsUrl,
  next,
  ...rest
}: Omit<Begin, "startSeconds"> & {
  video: VideoDto;
  hlsUrl: string;
  startSeconds: number;
}) => {
  // The first address that plays stays: a later one would start the picture anew.
  const [kept] = useState(hlsUrl);
  const { theatre, toggleTheatre } = useWatchRoom();
  return <Player {...rest} hlsUrl={kept} page={{ theatre, onTheatre: toggleTheatre, next }} />;
};

/** What one hears of the run: once when the video plays, once when all is there. */
const spokenWord = ({ live: { video, deleted }, drawn }: { live: Live; drawn: VideoDto }) => {
  if (!video.playable || deleted) return null;
  if (unfinished(video)) return drawn.playable ? null : "becamePlayable";
  return drawn.playable ? "allQualities" : "becamePlayable";
};

/** The quiet line under the player of a page that was opened during a run; its room stays when the run has ended. */
const RunLine = ({ live, drawn }: { live: Live; drawn: VideoDto }) => {
  const t = useTranslations("watch");
  const format = useFormatter();
  const { video } = live;
  const { progress } = video;
  const spoken = spokenWord({ live, drawn });
  const share = progress === null ? null : format.number(Math.floor(progress.percent) / 100, { style: "percent" });
  return (
    <div className="min-h-[26px] px-4 pt-2 text-13 text-muted md:px-0">
      <p aria-live="polite" className="sr-only">
        {spoken === null ? "" : t(spoken)}
      </p>
      {!video.playable || live.deleted ? null : unfinished(video) ? (
        <p className="tabular">
          {t("moreQualities")}
          {share === null ? null : ` ${share}`}
          {progress?.etaSeconds === null || progress?.etaSeconds === undefined ? null : (
            <>
              {" · "}
              <TimeLeft seconds={progress.etaSeconds} />
            </>
          )}
        </p>
      ) : video.status === "ready" ? (
        <p>{t("allQualities")}</p>
      ) : null}
    </div>
  );
};

/** What the server draws beside the player comes anew when the run has ended, and as soon as there are other chapters or captions. */
const useRedraw = ({ video, drawn }: { video: VideoDto; drawn: VideoDto }) => {
  const router = useRouter();
  const ended = unfinished(drawn) && !unfinished(video);
  const { chapters, captions } = video.playback;
  const texts = JSON.stringify([chapters, captions.map(({ id, language, label }) => [id, language, label])]);
  const seen = useRef({ ended, texts });
  useEffect(() => {
    if (seen.current.ended === ended && seen.current.texts === texts) return;
    seen.current = { ended, texts };
    router.refresh();
  }, [ended, texts, router]);
};

type WatchStageProps = {
  drawn: VideoDto;
  startSeconds: number;
  /** Whether that is where the person stopped, not what the address names. */
  resumes: boolean;
  account: string | null;
  /** What plays afterwards. */
  next: Promise<NextVideo | null>;
};

/** Whether one was brought here by the video before; it counts once. */
const useArrived = (videoId: string): boolean => {
  const [arrived] = useState(() => isArrival(videoId));
  useEffect(() => {
    if (arrived) expectArrival(null);
  }, [arrived]);
  return arrived;
};

/**
 * The room of the player, reserved before anything is loaded: the video's own shape, as high as the window allows, and
 * never lower than 16:9 of the width for upright ones.
 */
export const WatchStage = ({ drawn: newest, startSeconds, resumes, account, next }: WatchStageProps) => {
  // The page as it was opened: what it says of the run does not change when the rest is drawn anew.
  const [drawn] = useState(newest);
  const live = useLiveVideo({ drawn, account });
  const { video } = live;
  useRedraw({ video, drawn });
  const arrived = useArrived(drawn.id);
  const start = useStart({ drawn: newest, startSeconds, resumes });
  const begin = { startSeconds: start, autoStart: !drawn.playable, goesOn: arrived, next };
  const { posterUrl } = video.playback;
  const upright = (video.height ?? 0) > (video.width ?? 0);
  const ratio = video.width === null || video.height === null ? "16 / 9" : `${video.width} / ${video.height}`;
  useEffect(() => {
    // While the file still comes too: from its last byte on a second may pass until there is a picture.
    if (unfinished(drawn) && !drawn.playable) warmPlayer();
  }, [drawn]);
  return (
    <>
      <div
        className={`relative w-full overflow-hidden bg-stage md:rounded-media lg:group-data-[theatre]/watch:-mx-6 lg:group-data-[theatre]/watch:-mt-3 lg:group-data-[theatre]/watch:w-auto lg:group-data-[theatre]/watch:rounded-none ${
          upright
            ? "h-[min(78dvh,177vw)] md:h-[max(420px,calc(100dvh-11rem))]"
            : "max-h-[max(320px,calc(100dvh-11rem))] lg:group-data-[theatre]/watch:max-h-[max(320px,calc(100dvh-7.5rem))]"
        }`}
        style={upright ? undefined : { aspectRatio: ratio }}
      >
        {video.playable && posterUrl !== null ? (
          // biome-ignore lint/performance/noImgElement: the same poster the player shows, there before it
          <img src={posterUrl} alt="" fetchPriority="high" className="absolute inset-0 size-full object-contain" />
        ) : null}
        <Stage live={live} begin={begin} />
      </div>
      {unfinished(drawn) ? <RunLine live={live} drawn={drawn} /> : null}
    </>
  );
};
