"use client";

import { FastForward, Play, Rewind } from "lucide-react";
import { MediaController, MediaLoadingIndicator } from "media-chrome/react";
import { useLocale, useTranslations } from "next-intl";
import { useCallback, useId, useRef, useState } from "react";
import { ControlBar } from "#components/player/control-bar.tsx";
import { KeyHelp } from "#components/player/key-help.tsx";
import { teachWords } from "#components/player/media-words.ts";
import { type PlayerParts, perform } from "#components/player/perform.ts";
import { PlayerProblem } from "#components/player/player-problem.tsx";
import type { PlayerProps } from "#components/player/player-props.ts";
import { useElementState } from "#components/player/use-element-state.ts";
import { usePlayerKeys } from "#components/player/use-player-keys.ts";
import { useStream } from "#components/player/use-stream.ts";
import { useTouchSeek } from "#components/player/use-touch-seek.ts";

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
  const parts = useRef<PlayerParts | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const [help, setHelp] = useState(false);
  const gather = useCallback(() => {
    parts.current =
      frame.current === null || video.current === null
        ? null
        : { frame: frame.current, video: video.current, onHelp: () => setHelp(true) };
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
  return { parts, frame, video, help, setHelp, onFrame, onVideo };
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

/** The player itself: loaded in the browser only, with hls.js and the controls. */
export const PlayerStage = ({ videoId, title, hlsUrl, posterUrl, startSeconds = 0 }: PlayerProps) => {
  const t = useTranslations("player");
  const locale = useLocale();
  const id = useId();
  useState(() => teachWords(locale, (key) => t(`controls.${key}`)));
  const { parts, frame, video, help, setHelp, onFrame, onVideo } = useParts();
  const { state: stream, choose, retry } = useStream({ video, videoId, hlsUrl, startSeconds });
  const { state, rate } = useElementState(video);
  const [menuOpen, setMenuOpen] = useState(false);
  const touch = useTouchSeek(() => parts.current);
  usePlayerKeys(parts);
  const chosen = stream.qualities.find(({ level }) => level === stream.chosen)?.name ?? "auto";
  return (
    <div
      ref={onFrame}
      id={id}
      data-state={stream.problem === null ? state : "error"}
      data-problem={stream.problem ?? undefined}
      data-quality={chosen}
      data-playing-quality={stream.playing ?? undefined}
      className="player absolute inset-0"
    >
      <MediaController
        lang={locale}
        noHotkeys
        autohide="2"
        noAutohide={menuOpen}
        {...{ fullscreenelement: id }}
        onPointerUp={touch.onPointerUp}
        onDoubleClick={touch.onDoubleClick}
        aria-label={t("label", { title })}
        className="absolute inset-0 size-full"
      >
        <video
          ref={onVideo}
          slot="media"
          playsInline
          preload="metadata"
          poster={posterUrl ?? undefined}
          crossOrigin="anonymous"
          className="size-full object-contain"
        >
          <track kind="captions" />
        </video>
        {state === "idle" ? (
          <BigPlay onPress={() => parts.current && perform({ kind: "toggle" }, parts.current)} />
        ) : (
          <MediaLoadingIndicator slot="centered-chrome" noAutohide className="player-loading" />
        )}
        <ControlBar
          stream={stream}
          rate={rate}
          onQuality={choose}
          onRate={(next) => video.current && Object.assign(video.current, { playbackRate: next })}
          onMenu={setMenuOpen}
          container={frame}
        />
      </MediaController>
      {touch.badge === null ? null : <SeekBadge side={touch.badge.side} seconds={touch.seconds} />}
      {stream.problem === null ? null : <PlayerProblem problem={stream.problem} onRetry={retry} />}
      <KeyHelp open={help} onOpenChange={setHelp} container={frame} />
    </div>
  );
};
