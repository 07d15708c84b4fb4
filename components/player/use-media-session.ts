"use client";

import { type RefObject, useEffect } from "react";
import { type PlayerParts, perform } from "#components/player/perform.ts";
import type { PlayerVideo } from "#components/player/player-props.ts";
import { sessionPosition } from "#components/player/session-position.ts";

const seekSeconds = 10;
const changes = ["play", "playing", "pause", "seeked", "ratechange", "durationchange", "ended"] as const;

/** Sets what a key of the system does; not every browser knows every action. */
const setAction = (action: MediaSessionAction, handler: MediaSessionActionHandler | null) => {
  try {
    navigator.mediaSession.setActionHandler(action, handler);
  } catch (error) {
    // An action that the browser does not know is a TypeError (Media Session, setActionHandler); its key does nothing then.
    if (!(error instanceof TypeError)) throw error;
  }
};

const tellPosition = (media: HTMLVideoElement) => {
  const session = navigator.mediaSession;
  session.playbackState = media.paused ? "paused" : "playing";
  const at = { durationSeconds: media.duration, atSeconds: media.currentTime, rate: media.playbackRate };
  const position = sessionPosition(at);
  if (position !== null) session.setPositionState(position);
};

type Parts = RefObject<PlayerParts | null>;

const handlersOf = (media: HTMLVideoElement, parts: Parts): [MediaSessionAction, MediaSessionActionHandler][] => {
  const seekBy = (seconds: number) => parts.current && perform({ kind: "seekBy", seconds }, parts.current);
  return [
    ["play", () => void media.play().catch(() => undefined)],
    ["pause", () => media.pause()],
    ["seekbackward", ({ seekOffset }) => seekBy(-(seekOffset ?? seekSeconds))],
    ["seekforward", ({ seekOffset }) => seekBy(seekOffset ?? seekSeconds)],
    [
      "seekto",
      ({ seekTime }) => {
        if (seekTime !== undefined && parts.current) perform({ kind: "seekTo", seconds: seekTime }, parts.current);
      },
    ],
  ];
};

/** What the system shows of the video. */
const useMetadata = ({ title, channel, playback }: PlayerVideo) => {
  const artist = channel.name;
  const { posterUrl } = playback;
  useEffect(() => {
    if (!("mediaSession" in navigator)) return;
    const artwork = posterUrl === null ? [] : [{ src: new URL(posterUrl, location.href).href, type: "image/jpeg" }];
    navigator.mediaSession.metadata = new MediaMetadata({ title, artist, artwork });
    return () => {
      navigator.mediaSession.metadata = null;
    };
  }, [title, artist, posterUrl]);
};

/** Keys of headsets and keyboards, and the system's own controls: what plays, where it is, and moving in it. */
export const useMediaSession = ({
  element,
  parts,
  video,
  onNext,
}: {
  element: RefObject<HTMLVideoElement | null>;
  parts: Parts;
  video: PlayerVideo;
  /** Absent where nothing plays afterwards. */
  onNext: (() => void) | undefined;
}): void => {
  useMetadata(video);
  useEffect(() => {
    const media = element.current;
    if (media === null || !("mediaSession" in navigator)) return;
    const listening = new AbortController();
    const { signal } = listening;
    const handlers = handlersOf(media, parts);
    for (const [action, handler] of handlers) setAction(action, handler);
    for (const change of changes) media.addEventListener(change, () => tellPosition(media), { signal });
    return () => {
      listening.abort();
      for (const [action] of handlers) setAction(action, null);
      navigator.mediaSession.playbackState = "none";
    };
  }, [element, parts]);
  useEffect(() => {
    if (!("mediaSession" in navigator) || onNext === undefined) return;
    setAction("nexttrack", onNext);
    return () => setAction("nexttrack", null);
  }, [onNext]);
};
