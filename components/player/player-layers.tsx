"use client";

import dynamic from "next/dynamic";
import type { PlayerState } from "#components/player/use-player.ts";

// What few people open, and what comes at the end, is fetched then.
const KeyHelp = dynamic(() => import("#components/player/key-help.tsx").then((module) => module.KeyHelp), {
  ssr: false,
});
const CaptionStyleDialog = dynamic(
  () => import("#components/player/caption-style-dialog.tsx").then((module) => module.CaptionStyleDialog),
  { ssr: false },
);
const StatsOverlay = dynamic(
  () => import("#components/player/stats-overlay.tsx").then((module) => module.StatsOverlay),
  { ssr: false },
);
const UpNext = dynamic(() => import("#components/player/up-next.tsx").then((module) => module.UpNext), { ssr: false });

/** What lies over the picture when it is asked for, and at the end what comes next. */
export const PlayerLayers = ({
  player,
  frameRate,
  onPage,
}: {
  player: PlayerState;
  frameRate: number | null;
  /** Whether there is a page around the player. */
  onPage: boolean;
}) => {
  const { panels, frame: container, captionStyle, statsSource, stream, looks, loop, after } = player;
  const { help, stats, captionStyle: styling } = panels;
  const rung = stream.shown.playing?.rung ?? "";
  return (
    <>
      {stats.open ? (
        <StatsOverlay source={statsSource} playing={{ rung, frameRate }} onClose={() => stats.setOpen(false)} />
      ) : null}
      {looks.state === "ended" && !loop.on && after.next !== null ? <UpNext after={after} /> : null}
      {help.used ? (
        <KeyHelp open={help.open} onOpenChange={help.setOpen} container={container} onPage={onPage} />
      ) : null}
      {styling.used ? (
        <CaptionStyleDialog
          open={styling.open}
          onOpenChange={styling.setOpen}
          container={container}
          style={captionStyle.style}
          onChange={captionStyle.change}
        />
      ) : null}
    </>
  );
};
