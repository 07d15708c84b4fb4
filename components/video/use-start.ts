"use client";

import { useEffect, useState } from "react";
import { fetchWatchProgress } from "#lib/api-client/watch-progress.ts";
import type { VideoDto } from "#lib/videos/dto.ts";

/** What pages in this tab were drawn from. */
const shown = new WeakSet<VideoDto>();

/**
 * Where the player begins, in seconds; null while that is asked for. A page that one comes back to by the browser's own Back is
 * drawn from what it was made of at first, so that a place to go on at (`resumes`) has to be asked for anew.
 */
export const useStart = ({
  drawn,
  startSeconds,
  resumes,
}: {
  drawn: VideoDto;
  startSeconds: number;
  resumes: boolean;
}): number | null => {
  const [stale] = useState(() => resumes && shown.has(drawn));
  const [start, setStart] = useState(stale ? null : startSeconds);
  const videoId = drawn.id;
  useEffect(() => {
    shown.add(drawn);
  }, [drawn]);
  useEffect(() => {
    if (!stale) return;
    const gone = new AbortController();
    fetchWatchProgress({ videoId, signal: gone.signal }).then(
      ({ positionMs }) => setStart((positionMs ?? 0) / 1000),
      () => {
        // Without an answer the place of the first time is better than none.
        if (!gone.signal.aborted) setStart(startSeconds);
      },
    );
    return () => gone.abort();
  }, [stale, videoId, startSeconds]);
  return start;
};
