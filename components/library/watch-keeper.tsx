"use client";

import { useEffect } from "react";
import { tellKeptProgress, tellProgress } from "#lib/api-client/watch-progress.ts";

/** Often enough to come back to the same scene, seldom enough for a hall full of people. */
const everyMs = 10_000;
/** Who looked in for less than this has not watched. */
const leastMs = 3_000;

/** The page's player among whatever plays: cards have silent previews. */
const playerOf = (target: EventTarget | null): HTMLVideoElement | null =>
  target instanceof HTMLVideoElement && target.closest("media-controller") !== null ? target : null;

/**
 * Keeps where a signed-in person stops: every ten seconds while it plays, at each pause, and as the page goes. It listens to
 * the page, so that it does not matter when the player comes. Draws nothing.
 */
export const WatchKeeper = ({ videoId }: { videoId: string }) => {
  useEffect(() => {
    let player: HTMLVideoElement | null = null;
    let played = 0;
    let lastTime: number | null = null;
    let toldAt = 0;
    let told = -1;
    const tell = (leaving: boolean) => {
      if (player === null || played < leastMs / 1000) return;
      const positionMs = Math.round(player.currentTime * 1000);
      if (positionMs === told) return;
      told = positionMs;
      toldAt = performance.now();
      void tellProgress({ videoId, positionMs, leaving });
    };
    const onTime = (event: Event) => {
      const found = playerOf(event.target);
      if (found === null || found.paused) return;
      player = found;
      const passed = lastTime === null ? 0 : found.currentTime - lastTime;
      // A jump is not watched.
      if (passed > 0 && passed < 2) played += passed;
      lastTime = found.currentTime;
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
