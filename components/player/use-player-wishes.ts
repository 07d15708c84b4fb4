"use client";

import { type RefObject, useEffect } from "react";

/** What an embed's address asks of its player. */
export type PlayerWishes = {
  muted: boolean;
  loop: boolean;
  /** Whether the bar is there. */
  controls: boolean;
  /** Where it stops, or where a loop begins anew; null at the end. */
  endSeconds: number | null;
  /** Language of the captions that are shown from the start, as their track names it; null: what was chosen last. */
  captions: string | null;
};

type Applied = {
  element: RefObject<HTMLVideoElement | null>;
  wishes: PlayerWishes | undefined;
  startSeconds: number;
  /** Whether it plays round and round now. */
  loops: RefObject<boolean>;
};

/** Plays from the start again, which is not the video's when the address names another. */
const restart = (media: HTMLVideoElement, startSeconds: number): void => {
  media.currentTime = startSeconds;
  media.play().catch(() => undefined);
};

type End = { startSeconds: number; endSeconds: number | null; loops: RefObject<boolean> };

/** Stops, or begins anew, at its end, and where playing (not a person's seek) crosses the end that was wished. */
const watchEnd = (media: HTMLVideoElement, { startSeconds, endSeconds, loops }: End) => {
  const listening = new AbortController();
  const { signal } = listening;
  const end = endSeconds ?? Number.POSITIVE_INFINITY;
  let before = media.currentTime;
  media.addEventListener("seeking", () => (before = media.currentTime), { signal });
  media.addEventListener(
    "timeupdate",
    () => {
      const crossed = before < end && media.currentTime >= end;
      before = media.currentTime;
      if (!crossed) return;
      if (loops.current) restart(media, startSeconds);
      else media.pause();
    },
    { signal },
  );
  media.addEventListener("ended", () => loops.current && restart(media, startSeconds), { signal });
  return () => listening.abort();
};

/** Has a player do what its embed's address asks; and where it loops, begin anew: an embed where it began, else at 0. */
export const usePlayerWishes = ({ element, wishes, startSeconds, loops }: Applied): void => {
  useEffect(() => {
    const media = element.current;
    if (media === null) return;
    if (wishes?.muted === true) media.muted = true;
    const from = wishes === undefined ? 0 : startSeconds;
    return watchEnd(media, { startSeconds: from, endSeconds: wishes?.endSeconds ?? null, loops });
  }, [element, wishes, startSeconds, loops]);
};
