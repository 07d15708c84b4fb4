"use client";

import { type RefObject, useEffect, useState } from "react";

/** What a video element is doing, in one word. */
export type ElementState = "idle" | "playing" | "waiting" | "paused" | "ended";

const read = (video: HTMLVideoElement): ElementState => {
  if (video.ended) return "ended";
  if (video.paused) return video.played.length === 0 && video.currentTime === 0 ? "idle" : "paused";
  return video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA ? "waiting" : "playing";
};

const changes = ["play", "playing", "pause", "waiting", "ended", "seeked", "canplay", "emptied", "ratechange"] as const;

/** State and speed of a video element, for what is drawn around it. */
export const useElementState = (video: RefObject<HTMLVideoElement | null>): { state: ElementState; rate: number } => {
  const [shown, setShown] = useState<{ state: ElementState; rate: number }>({ state: "idle", rate: 1 });
  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    const update = () => setShown({ state: read(element), rate: element.playbackRate });
    for (const change of changes) element.addEventListener(change, update);
    return () => {
      for (const change of changes) element.removeEventListener(change, update);
    };
  }, [video]);
  return shown;
};
