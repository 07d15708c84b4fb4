"use client";

import { useEffect, useRef, useState } from "react";

/** A mouse that only passes by starts nothing; a finger that scrolls neither. */
const restMs = 250;
const pressMs = 450;

/** Shows a preview while the mouse rests on a card or a finger lies on it. Gives how it is told what happens. */
const watchCard = (card: HTMLElement, setShown: (shown: boolean) => void): (() => void) => {
  const ended = new AbortController();
  const { signal } = ended;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pressed = false;
  const start = (waitMs: number, byTouch: boolean) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      pressed = byTouch;
      setShown(true);
    }, waitMs);
  };
  const stop = () => {
    clearTimeout(timer);
    setShown(false);
  };
  const onEnter = (event: PointerEvent) => {
    if (event.pointerType === "mouse") start(restMs, false);
  };
  const onDown = (event: PointerEvent) => {
    pressed = false;
    if (event.pointerType !== "mouse") start(pressMs, true);
  };
  card.addEventListener("pointerenter", onEnter, { signal });
  card.addEventListener("pointerdown", onDown, { signal });
  for (const name of ["pointerleave", "pointerup", "pointercancel"] as const) {
    card.addEventListener(name, (event) => (event.pointerType !== "mouse" || name === "pointerleave") && stop(), {
      signal,
    });
  }
  // A long press would open the link's menu over the preview.
  card.addEventListener("contextmenu", (event) => pressed && event.preventDefault(), { signal });
  return () => {
    stop();
    ended.abort();
  };
};

/**
 * A few silent seconds of the video over its poster, while a mouse rests on the card (`article`) around it or a finger
 * lies on it. Takes no room and no clicks; nothing is loaded before, and nothing moves for people who want less motion.
 */
export const CardPreview = ({ url }: { url: string }) => {
  const place = useRef<HTMLSpanElement>(null);
  const [shown, setShown] = useState(false);
  const [moving, setMoving] = useState(false);
  useEffect(() => {
    const card = place.current?.closest("article");
    if (!card || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    return watchCard(card, (now) => {
      setShown(now);
      if (!now) setMoving(false);
    });
  }, []);
  return (
    <span ref={place} aria-hidden className="pointer-events-none absolute inset-0">
      {shown ? (
        <video
          src={url}
          muted
          loop
          autoPlay
          playsInline
          tabIndex={-1}
          disablePictureInPicture
          onPlaying={() => setMoving(true)}
          className={`size-full object-cover transition-opacity ${moving ? "opacity-100" : "opacity-0"}`}
        />
      ) : null}
    </span>
  );
};
