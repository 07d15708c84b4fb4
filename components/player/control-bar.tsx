"use client";

import {
  Gauge,
  Maximize,
  Minimize,
  Pause,
  PictureInPicture2,
  Play,
  Settings,
  Volume1,
  Volume2,
  VolumeX,
} from "lucide-react";
import {
  MediaFullscreenButton,
  MediaMuteButton,
  MediaPipButton,
  MediaPlayButton,
  MediaPreviewTimeDisplay,
  MediaTimeDisplay,
  MediaTimeRange,
  MediaVolumeRange,
} from "media-chrome/react";
import { useLocale, useTranslations } from "next-intl";
import type { RefObject } from "react";
import { speeds } from "#components/player/perform.ts";
import { PlayerMenu } from "#components/player/player-menu.tsx";
import type { StreamState } from "#components/player/use-stream.ts";

/** What the control bar shows and changes. */
export type ControlBarProps = {
  stream: StreamState;
  rate: number;
  onQuality: (level: number | null) => void;
  onRate: (rate: number) => void;
  onMenu: (open: boolean) => void;
  container: RefObject<HTMLElement | null>;
};

const icon = { size: 22, strokeWidth: 1.75, "aria-hidden": true } as const;

const QualityMenu = ({ stream, onQuality, onMenu, container }: ControlBarProps) => {
  const t = useTranslations("player");
  const { qualities, chosen, playing } = stream;
  const current = qualities.find(({ level }) => level === chosen)?.name ?? null;
  return (
    <PlayerMenu
      label={t("quality")}
      shown={current ?? playing ?? t("auto")}
      value={chosen === null ? "auto" : String(chosen)}
      onChange={(value) => onQuality(value === "auto" ? null : Number(value))}
      onOpenChange={onMenu}
      container={container}
      options={[
        { value: "auto", label: t("auto"), note: chosen === null ? (playing ?? undefined) : undefined },
        ...qualities.map(({ level, name }) => ({ value: String(level), label: name })),
      ]}
    >
      <Settings {...icon} />
      <span className="tabular hidden text-13 font-medium sm:inline">{current ?? playing ?? t("auto")}</span>
    </PlayerMenu>
  );
};

const SpeedMenu = ({ rate, onRate, onMenu, container }: ControlBarProps) => {
  const t = useTranslations("player");
  const format = new Intl.NumberFormat(useLocale(), { maximumFractionDigits: 2 });
  return (
    <PlayerMenu
      label={t("speed")}
      shown={rate === 1 ? null : `${format.format(rate)}×`}
      value={String(rate)}
      onChange={(value) => onRate(Number(value))}
      onOpenChange={onMenu}
      container={container}
      options={speeds.map((speed) => ({
        value: String(speed),
        label: speed === 1 ? t("normalSpeed") : `${format.format(speed)}×`,
      }))}
    >
      <Gauge {...icon} />
      {rate === 1 ? null : <span className="tabular text-13 font-medium">{format.format(rate)}×</span>}
    </PlayerMenu>
  );
};

/** The one bar at the lower edge: the track over its whole width, under it what one presses. */
export const ControlBar = (props: ControlBarProps) => (
  <div className="player-shade flex w-full flex-col px-2 pb-1 sm:px-3 sm:pb-2">
    <MediaTimeRange className="player-track">
      <MediaPreviewTimeDisplay slot="preview" className="player-preview-time" />
    </MediaTimeRange>
    <div className="flex items-center gap-0.5">
      <MediaPlayButton noTooltip className="player-button">
        <Play {...icon} slot="play" />
        <Pause {...icon} slot="pause" />
      </MediaPlayButton>
      <div className="group/volume flex items-center">
        <MediaMuteButton noTooltip className="player-button">
          <VolumeX {...icon} slot="off" />
          <Volume1 {...icon} slot="low" />
          <Volume1 {...icon} slot="medium" />
          <Volume2 {...icon} slot="high" />
        </MediaMuteButton>
        <MediaVolumeRange className="player-volume" />
      </div>
      <MediaTimeDisplay showDuration noToggle className="player-time" />
      <div className="flex-1" />
      <SpeedMenu {...props} />
      {props.stream.qualities.length === 0 ? null : <QualityMenu {...props} />}
      <MediaPipButton noTooltip className="player-button max-sm:hidden">
        <PictureInPicture2 {...icon} slot="icon" />
      </MediaPipButton>
      <MediaFullscreenButton noTooltip className="player-button">
        <Maximize {...icon} slot="enter" />
        <Minimize {...icon} slot="exit" />
      </MediaFullscreenButton>
    </div>
  </div>
);
