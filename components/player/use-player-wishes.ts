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

type Applied = { element: RefObject<HTMLVideoElement | null>; wishes: PlayerWishes | undefined; startSeconds: number };

/** Plays from the start again, which is not the video's when the address names another. */
const restart = (media: HTMLVideoElement, startSeconds: number): void => {
  media.currentTime = startSeconds;
  media.play().catch(() => undefined);
};

/** Stops, or begins anew, where playing (not a person's seek) crosses the end that was wished. */
const watchEnd = (
  media: HTMLVideoElement,
  { startSeconds, wishes }: { startSeconds: number; wishes: PlayerWishes },
) => {
  const listening = new AbortController();
  const { signal } = listening;
  const end = wishes.endSeconds ?? Number.POSITIVE_INFINITY;
  let before = media.currentTime;
  media.addEventListener("seeking", () => (before = media.currentTime), { signal });
  media.addEventListener(
    "timeupdate",
    () => {
      const crossed = before < end && media.currentTime >= end;
      before = media.currentTime;
      if (!crossed) return;
      if (wishes.loop) restart(media, startSeconds);
      else media.pause();
    },
    { signal },
  );
  media.addEventListener("ended", () => wishes.loop && restart(media, startSeconds), { signal });
  return () => listening.abort();
};

/** Has a player do what its embed's address asks. */
export const usePlayerWishes = ({ element, wishes, startSeconds }: Applied): void => {
  useEffect(() => {
    const media = element.current;
    if (media === null || wishes === undefined) return;
    if (wishes.muted) media.muted = true;
    return watchEnd(media, { wishes, startSeconds });
  }, [element, wishes, startSeconds]);
};
