"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { clock, lengthClock } from "#components/video/duration.ts";
import { tileAt } from "#components/video/storyboard.ts";
import { useStoryboard } from "#components/video/use-storyboard.ts";

/** The editor's own player: what it shows is the exact frame, which no storyboard has. */
const playerVideo = (): HTMLVideoElement | null => document.querySelector("main video, aside video");

const showInPlayer = (atMs: number) => {
  const video = playerVideo();
  if (video === null) return;
  video.pause();
  video.currentTime = atMs / 1000;
};

const tenths = (atMs: number) => `${clock(atMs)}.${Math.floor((atMs % 1000) / 100)}`;

/** A small picture of about that moment; its room is there though no storyboard is. */
const Tile = ({ storyboardUrl, atMs }: { storyboardUrl: string | null; atMs: number }) => {
  const tile = tileAt(useStoryboard(storyboardUrl), atMs);
  const scale = tile === null ? 1 : 128 / Math.max(tile.width, (tile.height * 16) / 9);
  return (
    <div className="flex h-[72px] w-32 shrink-0 items-center justify-center overflow-hidden rounded-control bg-stage">
      {tile === null ? null : (
        <div
          style={{
            width: tile.width,
            height: tile.height,
            flexShrink: 0,
            backgroundImage: `url("${tile.url}")`,
            backgroundPosition: `-${tile.x}px -${tile.y}px`,
            transform: `scale(${scale})`,
          }}
        />
      )}
    </div>
  );
};

/** Finds a moment by a slider that the editor's player follows, or takes the one that the player shows. */
export const FramePicker = (input: {
  durationMs: number;
  storyboardUrl: string | null;
  busy: boolean;
  onUse: (atMs: number) => void;
}) => {
  const t = useTranslations("posters");
  const { durationMs, storyboardUrl, busy, onUse } = input;
  const id = useId();
  const [atMs, setAtMs] = useState(0);
  const move = (to: number) => {
    setAtMs(to);
    showInPlayer(to);
  };
  const take = () => {
    const at = playerVideo()?.currentTime;
    if (at !== undefined) setAtMs(Math.min(durationMs, Math.round(at * 1000)));
  };
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-col gap-0.5">
        <label htmlFor={id} className="text-14 font-medium">
          {t("frame")}
        </label>
        <p id={`${id}-hint`} className="text-13 text-muted">
          {t("frameHint")}
        </p>
      </div>
      <div className="flex items-center gap-4">
        <Tile storyboardUrl={storyboardUrl} atMs={atMs} />
        <div className="flex min-w-0 flex-1 flex-col gap-1">
          <input
            id={id}
            type="range"
            min={0}
            max={durationMs}
            step={100}
            value={atMs}
            aria-describedby={`${id}-hint`}
            aria-valuetext={`${t("position")}: ${tenths(atMs)}`}
            onChange={(event) => move(Number(event.target.value))}
            className="h-9 w-full accent-accent"
          />
          <p aria-hidden className="tabular flex justify-between text-13 text-muted">
            <span className="text-ink">{tenths(atMs)}</span>
            <span>{lengthClock(durationMs)}</span>
          </p>
        </div>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button busy={busy} onClick={() => onUse(atMs)}>
          {t("useFrame")}
        </Button>
        <Button variant="ghost" onClick={take}>
          {t("fromPlayer")}
        </Button>
      </div>
    </div>
  );
};
