"use client";

import { type RefObject, useEffect, useState } from "react";

/**
 * Plays as soon as there is a picture, once: where it is `wanted`, and where the player has told people to wait. A browser
 * that wants a gesture first refuses, and the play button stays; so it does on a page that nobody looks at, unless one
 * listens on there (`goesOn`).
 */
export const useAutoStart = ({
  element,
  wanted,
  goesOn,
  waits,
}: {
  element: RefObject<HTMLVideoElement | null>;
  wanted: boolean;
  goesOn: boolean;
  waits: boolean;
}): void => {
  const [promised, setPromised] = useState(wanted || goesOn);
  if (waits && !promised) setPromised(true);
  useEffect(() => {
    const media = element.current;
    if (media === null || !promised) return;
    const begin = () => {
      if ((goesOn || document.visibilityState === "visible") && media.paused) media.play().catch(() => undefined);
    };
    media.addEventListener("canplay", begin, { once: true });
    return () => media.removeEventListener("canplay", begin);
  }, [element, promised, goesOn]);
};
