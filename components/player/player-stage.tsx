"use client";

import { FastForward, Play, Rewind } from "lucide-react";
import { MediaController, MediaLoadingIndicator } from "media-chrome/react";
import { useLocale, useTranslations } from "next-intl";
import { useCallback, useEffect, useId, useRef, useState } from "react";
import { Captions } from "#components/player/captions.tsx";
import { ControlBar } from "#components/player/control-bar.tsx";
import { KeyHelp } from "#components/player/key-help.tsx";
import { teachWords } from "#components/player/media-words.ts";
import { type PlayerParts, perform } from "#components/player/perform.ts";
import { PlayerProblem } from "#components/player/player-problem.tsx";
import type { PlayerProps } from "#components/player/player-props.ts";
import { captionElementId, PlayerTracks } from "#components/player/player-tracks.tsx";
import { PlayerWait } from "#components/player/player-wait.tsx";
import { useAutoStart } from "#components/player/use-auto-start.ts";
import { useCaptions } from "#components/player/use-captions.ts";
import { useChapters } from "#components/player/use-chapters.ts";
import { useElementState } from "#components/player/use-element-state.ts";
import { usePlayerKeys } from "#components/player/use-player-keys.ts";
import { usePlayerWishes } from "#components/player/use-player-wishes.ts";
import { useRenewal } from "#components/player/use-renewal.ts";
import { useStream } from "#components/player/use-stream.ts";
import { useTouchSeek } from "#components/player/use-touch-seek.ts";
import { useWatchReport } from "#components/player/use-watch-report.ts";

/** The sign of a double tap: how far it went. */
const SeekBadge = ({ side, seconds }: { side: -1 | 1; seconds: number }) => {
  const t = useTranslations("player");
  const Icon = side === 1 ? FastForward : Rewind;
  return (
    <div
      aria-hidden
      className={`pointer-events-none absolute inset-y-0 z-10 flex w-1/3 flex-col items-center justify-center gap-1 text-player-text ${side === 1 ? "right-0" : "left-0"}`}
    >
      <span className="flex flex-col items-center gap-1 rounded-media bg-badge px-4 py-3">
        <Icon size={22} strokeWidth={1.75} />
        <span className="tabular text-13 font-medium">{t("seconds", { seconds })}</span>
      </span>
    </div>
  );
};

/** Refs and actions that the keys, the taps and the buttons share. */
const useParts = () => {
  const onCaptions = useRef<() => void>(() => undefined);
  const parts = useRef<PlayerParts | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const [help, setHelp] = useState(false);
  const gather = useCallback(() => {
    parts.current =
      frame.current === null || video.current === null
        ? null
        : {
            frame: frame.current,
            video: video.current,
            onHelp: () => setHelp(true),
            onCaptions: () => onCaptions.current(),
          };
  }, []);
  const onFrame = useCallback(
    (element: HTMLDivElement | null) => {
      frame.current = element;
      gather();
    },
    [gather],
  );
  const onVideo = useCallback(
    (element: HTMLVideoElement | null) => {
      video.current = element;
      gather();
    },
    [gather],
  );
  return { parts, frame, video, onCaptions, help, setHelp, onFrame, onVideo };
};

const BigPlay = ({ onPress }: { onPress: () => void }) => {
  const t = useTranslations("player");
  return (
    <button
      type="button"
      slot="centered-chrome"
      aria-label={t("controls.play")}
      onClick={onPress}
      className="flex size-16 items-center justify-center rounded-[50%] bg-badge text-player-text transition-transform hover:scale-105"
    >
      <Play aria-hidden size={28} strokeWidth={1.75} className="translate-x-0.5 fill-current" />
    </button>
  );
};

/** Sets what the speed menu says. */
const setRate = (video: HTMLVideoElement | null, rate: number) => {
  if (video !== null) video.playbackRate = rate;
};

/** Everything the player shows and does, gathered. */
const usePlayer = ({ video, hlsUrl, startSeconds = 0, autoStart = false, wishes }: PlayerProps) => {
  const parts = useParts();
  const element = parts.video;
  const stream = useStream({ element, video, hlsUrl, startSeconds });
  const playback = useRenewal({ video, hlsUrl });
  const captions = useCaptions(playback.captions, wishes?.captions ?? null);
  const chapters = useChapters({ element, video });
  const looks = useElementState(element);
  const waits = stream.shown.wait === "codec" || stream.shown.wait === "start";
  useAutoStart({ element, wanted: autoStart, waits });
  usePlayerWishes({ element, wishes, startSeconds });
  usePlayerKeys(parts.parts);
  useWatchReport({ video, element, problem: stream.shown.problem });
  useEffect(() => {
    parts.onCaptions.current = captions.toggle;
  }, [parts.onCaptions, captions.toggle]);
  const [menuOpen, setMenuOpen] = useState(false);
  const touch = useTouchSeek(() => parts.parts.current);
  return { ...parts, element, stream, playback, captions, chapters, looks, menuOpen, setMenuOpen, touch };
};

type Player = ReturnType<typeof usePlayer>;

/** The picture and its controls. */
const Picture = ({ player, props, id }: { player: Player; props: PlayerProps; id: string }) => {
  const { video } = props;
  const { element, stream, captions, chapters, looks, touch, parts, frame } = player;
  const t = useTranslations("player");
  const { durationMs } = video;
  return (
    <MediaController
      lang={useLocale()}
      noHotkeys
      autohide="2"
      noAutohide={player.menuOpen}
      {...(durationMs === null ? {} : { defaultDuration: durationMs / 1000 })}
      {...{ fullscreenelement: id }}
      onPointerUp={touch.onPointerUp}
      onDoubleClick={touch.onDoubleClick}
      aria-label={t("label", { title: video.title })}
      className="absolute inset-0 size-full"
    >
      {/* biome-ignore lint/a11y/useMediaCaption: captions are among the tracks, where the video has any */}
      <video
        ref={player.onVideo}
        slot="media"
        playsInline
        preload="metadata"
        poster={video.playback.posterUrl ?? undefined}
        crossOrigin="anonymous"
        className="size-full object-contain"
      >
        <PlayerTracks playback={player.playback} chaptersUrl={chapters.trackUrl} />
      </video>
      {looks.state === "idle" ? (
        <BigPlay onPress={() => parts.current && perform({ kind: "toggle" }, parts.current)} />
      ) : (
        <MediaLoadingIndicator slot="centered-chrome" noAutohide className="player-loading" />
      )}
      {props.wishes?.controls === false ? null : (
        <ControlBar
          stream={stream.shown}
          captions={captions}
          chapters={chapters}
          element={element}
          durationMs={durationMs}
          rate={looks.rate}
          onQuality={stream.choose}
          onSound={stream.chooseSound}
          onRate={(rate) => setRate(element.current, rate)}
          onJump={(seconds) => parts.current && perform({ kind: "seekTo", seconds }, parts.current)}
          onMenu={player.setMenuOpen}
          container={frame}
        />
      )}
    </MediaController>
  );
};

/** The player itself: loaded in the browser only, with hls.js and the controls. */
export const PlayerStage = (props: PlayerProps) => {
  const t = useTranslations("player");
  const locale = useLocale();
  const id = useId();
  useState(() => teachWords(locale, (key) => t(`controls.${key}`)));
  const player = usePlayer(props);
  const { video } = props;
  const { captions, looks, touch, stream } = player;
  const { problem, chosen, playing, wait, held, reachSeconds } = stream.shown;
  return (
    <div
      ref={player.onFrame}
      id={id}
      data-state={problem === null ? looks.state : "error"}
      data-problem={problem ?? undefined}
      data-wait={wait ?? undefined}
      data-quality={chosen ?? "auto"}
      data-playing-quality={playing?.quality}
      data-playing-rung={playing?.rung}
      className="player absolute inset-0"
    >
      <Picture player={player} props={props} id={id} />
      <Captions
        element={player.element}
        chosen={captions.chosen === null ? null : captionElementId(captions.chosen)}
        language={captions.list.find((track) => track.id === captions.chosen)?.language}
      />
      {touch.badge === null ? null : <SeekBadge side={touch.badge.side} seconds={touch.seconds} />}
      {problem === null ? (
        <PlayerWait wait={wait} held={held} reachSeconds={reachSeconds} video={video} />
      ) : (
        <PlayerProblem problem={problem} video={video} hlsUrl={props.hlsUrl} onRetry={stream.retry} />
      )}
      <KeyHelp open={player.help} onOpenChange={player.setHelp} container={player.frame} />
    </div>
  );
};
