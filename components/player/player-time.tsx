"use client";

import { type RefObject, useEffect, useState } from "react";
import { clock, lengthClock } from "#components/video/duration.ts";

const changes = ["timeupdate", "seeking", "seeked", "ended", "durationchange", "emptied"] as const;

/** Where the playhead is; at the end the whole length, which may be a part of a second more. */
const read = (video: HTMLVideoElement | null, durationMs: number | null) => {
  const loaded = video !== null && Number.isFinite(video.duration) ? video.duration * 1000 : null;
  const wholeMs = durationMs ?? loaded;
  const length = wholeMs === null ? null : lengthClock(wholeMs);
  const at = video?.ended === true && length !== null ? length : clock((video?.currentTime ?? 0) * 1000);
  return length === null ? at : `${at} / ${length}`;
};

/** Time played and the whole length: the one that the video's card tells, there before anything is loaded. */
export const PlayerTime = ({
  element,
  durationMs,
}: {
  element: RefObject<HTMLVideoElement | null>;
  durationMs: number | null;
}) => {
  const [text, setText] = useState(() => read(null, durationMs));
  useEffect(() => {
    const video = element.current;
    const update = () => setText(read(video, durationMs));
    update();
    for (const change of changes) video?.addEventListener(change, update);
    return () => {
      for (const change of changes) video?.removeEventListener(change, update);
    };
  }, [element, durationMs]);
  return <span className="player-time">{text}</span>;
};
