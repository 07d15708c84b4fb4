"use client";

import {
  Maximize,
  Minimize,
  Pause,
  PictureInPicture2,
  Play,
  RectangleHorizontal,
  SkipForward,
  Volume1,
  Volume2,
  VolumeX,
} from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode, RefObject } from "react";
import { ChapterMenu, type MenuFrame, QualityMenu, SpeedMenu, TracksMenu } from "#components/player/control-menus.tsx";
import { type MoreChoices, MoreMenu } from "#components/player/more-menu.tsx";
import { PlayerTime } from "#components/player/player-time.tsx";
import type { CaptionsChoice } from "#components/player/use-captions.ts";
import type { Chapter } from "#components/player/use-chapters.ts";
import type { ShownStream } from "#components/player/use-stream.ts";
import { classNames } from "#components/ui/class-names.ts";
import type { NextVideo } from "#components/video/next-video.ts";

/** What the control bar shows and changes. */
export type ControlBarProps = MenuFrame & {
  stream: ShownStream;
  captions: CaptionsChoice;
  chapters: { list: readonly Chapter[]; current: Chapter | null };
  element: RefObject<HTMLVideoElement | null>;
  /** Of the whole video; null while unknown. */
  durationMs: number | null;
  rate: number;
  onQuality: (quality: string | null) => void;
  onSound: (id: string) => void;
  onRate: (rate: number) => void;
  onJump: (seconds: number) => void;
  more: MoreChoices;
  /** Absent where there is no page around the player. */
  page: { theatre: boolean; onTheatre: () => void; next: NextVideo | null; onNext: () => void } | undefined;
};

type PageButtonProps = {
  label: string;
  onPress: () => void;
  on?: boolean;
  children: ReactNode;
  className?: string | undefined;
};

const icon = { size: 22, strokeWidth: 1.75, "aria-hidden": true } as const;

/** The part of the track that is still being prepared. */
const NotYet = ({ reachSeconds, durationMs }: { reachSeconds: number | null; durationMs: number | null }) => {
  if (reachSeconds === null || durationMs === null || durationMs <= 0) return null;
  const share = Math.min(1, (reachSeconds * 1000) / durationMs);
  return <div aria-hidden className="player-not-yet" style={{ left: `${share * 100}%` }} />;
};

/** What plays afterwards, and the page's whole width. */
const PageButton = ({ label, onPress, on, children, className }: PageButtonProps) => (
  <button
    type="button"
    aria-label={label}
    title={label}
    aria-pressed={on}
    onClick={onPress}
    className={classNames("player-button", className)}
  >
    {children}
  </button>
);

const NextButton = ({ page }: { page: NonNullable<ControlBarProps["page"]> }) => {
  const t = useTranslations("player");
  if (page.next === null) return null;
  return (
    <PageButton
      label={t("next.button", { title: page.next.title })}
      onPress={page.onNext}
      className="@max-[32rem]:hidden"
    >
      <SkipForward {...icon} />
    </PageButton>
  );
};

const TheatreButton = ({ page }: { page: NonNullable<ControlBarProps["page"]> }) => {
  const t = useTranslations("player");
  return (
    <PageButton
      label={t("theatre")}
      onPress={page.onTheatre}
      on={page.theatre}
      className={classNames("player-theatre max-lg:hidden", page.theatre && "player-button-on")}
    >
      <RectangleHorizontal {...icon} />
    </PageButton>
  );
};

/** The one bar at the lower edge: the track over its whole width, under it what one presses. */
export const ControlBar = (props: ControlBarProps) => {
  const { stream, captions, chapters, durationMs, onMenu, container, page } = props;
  const frame = { onMenu, container };
  return (
    <div className="player-shade @container flex w-full flex-col px-2 pb-1 sm:px-3 sm:pb-2">
      <div className="relative">
        <media-time-range className="player-track">
          <media-preview-thumbnail slot="preview" />
          <media-preview-chapter-display slot="preview" className="player-preview-chapter" />
          <media-preview-time-display slot="preview" className="player-preview-time" />
        </media-time-range>
        <NotYet reachSeconds={stream.reachSeconds} durationMs={durationMs} />
      </div>
      <div className="flex items-center gap-0.5">
        <media-play-button notooltip className="player-button">
          <Play {...icon} slot="play" />
          <Pause {...icon} slot="pause" />
        </media-play-button>
        {page === undefined ? null : <NextButton page={page} />}
        <div className="group/volume flex items-center">
          <media-mute-button notooltip className="player-button @max-[24rem]:hidden">
            <VolumeX {...icon} slot="off" />
            <Volume1 {...icon} slot="low" />
            <Volume1 {...icon} slot="medium" />
            <Volume2 {...icon} slot="high" />
          </media-mute-button>
          <media-volume-range className="player-volume" />
        </div>
        <PlayerTime element={props.element} durationMs={props.durationMs} />
        <ChapterMenu {...frame} chapters={chapters.list} current={chapters.current} onJump={props.onJump} />
        <div className="flex-1" />
        <TracksMenu {...frame} captions={captions} sound={stream.sound} onSound={props.onSound} />
        <SpeedMenu {...frame} rate={props.rate} onRate={props.onRate} />
        {stream.qualities.length === 0 ? null : <QualityMenu {...frame} stream={stream} onQuality={props.onQuality} />}
        <MoreMenu {...frame} {...props.more} />
        <media-pip-button notooltip className="player-button @max-[32rem]:hidden">
          <PictureInPicture2 {...icon} slot="icon" />
        </media-pip-button>
        {page === undefined ? null : <TheatreButton page={page} />}
        <media-fullscreen-button notooltip className="player-button">
          <Maximize {...icon} slot="enter" />
          <Minimize {...icon} slot="exit" />
        </media-fullscreen-button>
      </div>
    </div>
  );
};
