"use client";

import { type PointerEvent, useEffect, useRef, useState } from "react";
import { type PlayerParts, perform } from "#components/player/perform.ts";

const doubleTapMs = 300;
const seekSeconds = 10;
const badgeMs = 700;

/** Two quick taps on the left or right third seek; a double click with a mouse goes full screen. */
export const useTouchSeek = (parts: () => PlayerParts | null) => {
  const last = useRef({ atMs: 0, side: 0 });
  const [badge, setBadge] = useState<{ side: -1 | 1; count: number } | null>(null);
  useEffect(() => {
    if (badge === null) return;
    const timer = setTimeout(() => setBadge(null), badgeMs);
    return () => clearTimeout(timer);
  }, [badge]);
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    const player = parts();
    // Only taps on the picture itself; its layer is retargeted to the media controller.
    if (event.pointerType !== "touch" || player === null) return;
    if (!(event.target instanceof Element) || event.target.localName !== "media-controller") return;
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    const side = share < 0.35 ? -1 : share > 0.65 ? 1 : 0;
    const nowMs = performance.now();
    const again = side !== 0 && side === last.current.side && nowMs - last.current.atMs < doubleTapMs;
    last.current = { atMs: nowMs, side };
    if (!again) return;
    perform({ kind: "seekBy", seconds: side * seekSeconds }, player);
    setBadge((shown) => ({ side, count: shown?.side === side ? shown.count + 1 : 1 }));
  };
  const onDoubleClick = (event: { target: EventTarget; nativeEvent: Event }) => {
    const player = parts();
    const native = event.nativeEvent;
    if (player === null || (native instanceof PointerEvent && native.pointerType === "touch")) return;
    if (event.target instanceof Element && event.target.localName === "media-controller") {
      perform({ kind: "fullscreen" }, player);
    }
  };
  return { badge, seconds: (badge?.count ?? 0) * seekSeconds, onPointerUp, onDoubleClick };
};
