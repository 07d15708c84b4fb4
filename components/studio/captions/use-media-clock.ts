import { type RefObject, useCallback, useEffect, useState } from "react";

/** The player below an element: where it stands, and what can be asked of it. */
export type MediaClock = {
  /** In milliseconds. */
  atMs: number;
  playing: boolean;
  /** Where it stands this very moment, in milliseconds; 0 before there is a player. */
  nowMs: () => number;
  seek: (ms: number) => void;
  toggle: () => void;
};

const events = ["timeupdate", "seeking", "play", "pause", "ended"] as const;

/** Follows the player inside `frame`, whose script may come later than this: its events pass the frame on their way down. */
export const useMediaClock = (frame: RefObject<HTMLElement | null>): MediaClock => {
  const [state, setState] = useState({ atMs: 0, playing: false });
  const media = useCallback(() => frame.current?.querySelector("video") ?? null, [frame]);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const ended = new AbortController();
    const read = ({ target }: Event) => {
      if (!(target instanceof HTMLVideoElement)) return;
      setState({ atMs: Math.round(target.currentTime * 1000), playing: !target.paused });
    };
    for (const name of events) element.addEventListener(name, read, { capture: true, signal: ended.signal });
    return () => ended.abort();
  }, [frame]);
  return {
    ...state,
    nowMs: useCallback(() => Math.round((media()?.currentTime ?? 0) * 1000), [media]),
    seek: useCallback(
      (ms) => {
        const video = media();
        if (video !== null) video.currentTime = ms / 1000;
      },
      [media],
    ),
    toggle: useCallback(() => {
      const video = media();
      // A browser that does not let it begin leaves it paused, as the player shows.
      if (video?.paused) video.play().catch(() => undefined);
      else video?.pause();
    }, [media]),
  };
};
