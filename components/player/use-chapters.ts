"use client";

import { type RefObject, useEffect, useMemo, useState } from "react";
import { chapterTrack } from "#components/player/chapter-track.ts";
import type { PlayerVideo } from "#components/player/player-props.ts";
import { clock } from "#components/video/duration.ts";

/** A chapter with its place. */
export type Chapter = { title: string; startSeconds: number; clock: string };

/** The chapters, the one that plays, and the address of a WebVTT list of them for the track's gaps. */
export const useChapters = ({
  element,
  video,
}: {
  element: RefObject<HTMLVideoElement | null>;
  video: Pick<PlayerVideo, "durationMs" | "playback">;
}) => {
  const { durationMs } = video;
  const told = JSON.stringify(video.playback.chapters);
  // Each event brings a new object with the same chapters.
  const chapters = useMemo((): PlayerVideo["playback"]["chapters"] => JSON.parse(told), [told]);
  const list = useMemo(
    () => chapters.map(({ title, startMs }) => ({ title, startSeconds: startMs / 1000, clock: clock(startMs) })),
    [chapters],
  );
  const [at, setAt] = useState(-1);
  useEffect(() => {
    const media = element.current;
    if (media === null || list.length === 0) return;
    const look = () => setAt(list.findLastIndex(({ startSeconds }) => startSeconds <= media.currentTime + 0.05));
    look();
    media.addEventListener("timeupdate", look);
    media.addEventListener("seeking", look);
    return () => {
      media.removeEventListener("timeupdate", look);
      media.removeEventListener("seeking", look);
    };
  }, [element, list]);
  const [trackUrl, setTrackUrl] = useState<string | null>(null);
  useEffect(() => {
    if (chapters.length === 0 || durationMs === null) return setTrackUrl(null);
    const url = URL.createObjectURL(new Blob([chapterTrack({ chapters, durationMs })], { type: "text/vtt" }));
    setTrackUrl(url);
    return () => URL.revokeObjectURL(url);
  }, [chapters, durationMs]);
  return { list, current: list[at] ?? null, trackUrl };
};
