"use client";

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { openStream, type PlaybackProblem, type Quality, type Stream } from "#components/player/stream.ts";
import { fetchVideo } from "#lib/api-client/videos.ts";

/** What the controls show of a stream. */
export type StreamState = {
  qualities: readonly Quality[];
  /** The chosen level; null lets bandwidth decide. */
  chosen: number | null;
  /** Name of the quality that plays; null before the first picture. */
  playing: string | null;
  problem: PlaybackProblem | null;
};

const fresh: StreamState = { qualities: [], chosen: null, playing: null, problem: null };

/** Begins at `?t=` once, then wherever the picture stood when the stream was opened again. */
const startAt = (video: HTMLVideoElement, seconds: number) => {
  if (seconds <= 0) return;
  video.addEventListener(
    "loadedmetadata",
    () => {
      video.currentTime = Math.min(seconds, Math.max(0, video.duration - 0.5));
    },
    { once: true },
  );
};

/** Keeps a stream on the video element: opens it, follows it, opens it again on `retry` with a fresh address. */
export const useStream = ({
  video,
  videoId,
  hlsUrl,
  startSeconds,
}: {
  video: RefObject<HTMLVideoElement | null>;
  videoId: string;
  hlsUrl: string;
  startSeconds: number;
}) => {
  const [url, setUrl] = useState({ address: hlsUrl, attempt: 0 });
  const [state, setState] = useState<StreamState>(fresh);
  const stream = useRef<Stream | null>(null);
  const begin = useRef(startSeconds);
  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    setState(fresh);
    startAt(element, begin.current);
    const opened = openStream({
      video: element,
      url: url.address,
      events: {
        onQualities: (qualities) => setState((known) => ({ ...known, qualities })),
        onPlaying: (playing) => setState((known) => ({ ...known, playing })),
        onProblem: (problem) => setState((known) => ({ ...known, problem })),
      },
    });
    stream.current = opened;
    return () => {
      begin.current = element.currentTime > 0 ? element.currentTime : begin.current;
      opened.close();
    };
  }, [url, video]);
  const choose = useCallback((level: number | null) => {
    stream.current?.choose(level);
    setState((known) => ({ ...known, chosen: level }));
  }, []);
  const retry = useCallback(() => {
    // A signed address may have run out: the video is asked for a new one; without an answer the old one is tried.
    fetchVideo({ videoId }).then(
      (fetched) => setUrl((last) => ({ address: fetched.playback.hlsUrl ?? last.address, attempt: last.attempt + 1 })),
      () => setUrl((last) => ({ ...last, attempt: last.attempt + 1 })),
    );
  }, [videoId]);
  return { state, choose, retry };
};
