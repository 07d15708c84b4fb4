"use client";

import { useEffect } from "react";
import { type PlayerLook, WatchedPosition } from "#components/library/watched-position.ts";
import { tellKeptProgress, tellProgress } from "#lib/api-client/watch-progress.ts";

/** Often enough to come back to the same scene, seldom enough for a hall full of people. */
const everyMs = 10_000;
/** The page's player among whatever plays: cards have silent previews. */
const playerOf = (target: EventTarget | null): HTMLVideoElement | null =>
  target instanceof HTMLVideoElement && target.closest("media-controller") !== null ? target : null;

const lookAt = (player: HTMLVideoElement): PlayerLook => ({
  atSeconds: player.currentTime,
  loaded: player.readyState >= HTMLMediaElement.HAVE_METADATA,
});

/**
 * Keeps where a signed-in person stops: every ten seconds while it plays, at each pause, and as the page goes. It listens to
 * the page, so that it does not matter when the player comes. Draws nothing.
 */
export const WatchKeeper = ({ videoId }: { videoId: string }) => {
  useEffect(() => {
    let player: HTMLVideoElement | null = null;
    let toldAt = 0;
    const position = new WatchedPosition();
    const tell = (leaving: boolean) => {
      if (player !== null) position.stands(lookAt(player));
      const positionMs = position.takeNews();
      if (positionMs === null) return;
      toldAt = performance.now();
      void tellProgress({ videoId, positionMs, leaving });
    };
    const onTime = (event: Event) => {
      const found = playerOf(event.target);
      if (found === null || found.paused) return;
      player = found;
      position.plays(lookAt(found));
      if (performance.now() - toldAt >= everyMs) tell(false);
    };
    const onPause = (event: Event) => {
      if (playerOf(event.target) !== null) tell(false);
    };
    const onHide = () => {
      if (document.visibilityState === "hidden") tell(true);
    };
    const onLeave = () => tell(true);
    const onOnline = () => void tellKeptProgress();
    onOnline();
    // Events of media do not rise; on their way down they pass the document.
    document.addEventListener("timeupdate", onTime, true);
    document.addEventListener("pause", onPause, true);
    document.addEventListener("visibilitychange", onHide);
    window.addEventListener("pagehide", onLeave);
    window.addEventListener("online", onOnline);
    return () => {
      tell(true);
      document.removeEventListener("timeupdate", onTime, true);
      document.removeEventListener("pause", onPause, true);
      document.removeEventListener("visibilitychange", onHide);
      window.removeEventListener("pagehide", onLeave);
      window.removeEventListener("online", onOnline);
    };
  }, [videoId]);
  return null;
};
