"use client";

import { FastForward, Play, Rewind } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useId, useState } from "react";
import { captionVariables } from "#components/player/caption-style.ts";
import { Captions } from "#components/player/captions.tsx";
import { ControlBar } from "#components/player/control-bar.tsx";
import "#components/player/media-elements.ts";
import { teachWords } from "#components/player/media-words.ts";
import { perform } from "#components/player/perform.ts";
import { PlayerLayers } from "#components/player/player-layers.tsx";
import { PlayerProblem } from "#components/player/player-problem.tsx";
import type { PlayerProps } from "#components/player/player-props.ts";
import { captionElementId, PlayerTracks } from "#components/player/player-tracks.tsx";
import { PlayerWait } from "#components/player/player-wait.tsx";
import { type PlayerState, usePlayer } from "#components/player/use-player.ts";

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

/** The bar, with what it shows and changes. */
const Bar = ({ player, props }: { player: PlayerState; props: PlayerProps }) => {
  const { element, stream, captions, chapters, looks, parts, loop, after, panels } = player;
  const { page, video } = props;
  const autoplayNext = { on: after.byItself, onToggle: after.toggleByItself };
  return (
    <ControlBar
      stream={stream.shown}
      captions={captions}
      chapters={chapters}
      element={element}
      durationMs={video.durationMs}
      rate={looks.rate}
      onQuality={stream.choose}
      onSound={stream.chooseSound}
      onRate={(rate) => setRate(element.current, rate)}
      onJump={(seconds) => parts.current && perform({ kind: "seekTo", seconds }, parts.current)}
      more={{
        loop,
        autoplayNext: page === undefined ? undefined : autoplayNext,
        stats: { on: panels.stats.open, onToggle: panels.stats.toggle },
        onFrame: (step) => parts.current && perform({ kind: "frame", step }, parts.current),
        onCaptionStyle: captions.list.length === 0 ? undefined : () => panels.captionStyle.setOpen(true),
        onHelp: () => panels.help.setOpen(true),
      }}
      page={page === undefined ? undefined : { ...page, next: after.next, onNext: after.go }}
      onMenu={player.setMenuOpen}
      container={player.frame}
    />
  );
};

/** The picture and its controls. */
const Picture = ({ player, props, id }: { player: PlayerState; props: PlayerProps; id: string }) => {
  const { video } = props;
  const { chapters, looks, touch, parts } = player;
  const t = useTranslations("player");
  const { durationMs } = video;
  return (
    <media-controller
      lang={useLocale()}
      nohotkeys
      autohide="2"
      noautohide={player.menuOpen}
      defaultduration={durationMs === null ? undefined : durationMs / 1000}
      fullscreenelement={id}
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
        <media-loading-indicator slot="centered-chrome" noautohide className="player-loading" />
      )}
      {props.wishes?.controls === false ? null : <Bar player={player} props={props} />}
    </media-controller>
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
      data-loop={player.loop.on || undefined}
      style={captionVariables(player.captionStyle.style)}
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
      <PlayerLayers player={player} frameRate={video.frameRate} onPage={props.page !== undefined} />
    </div>
  );
};
