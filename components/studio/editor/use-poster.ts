"use client";

import { useCallback, useEffect, useState } from "react";
import { changePoster, fetchPoster, sendPosterImage } from "#lib/api-client/posters.ts";
import type { PosterChange, PosterDto, VideoDto } from "#lib/videos/dto.ts";
import { useReportError } from "../use-report-error.ts";
import { useEditorStart } from "./editor-start.tsx";

/** What the poster's part of the editor works with. */
export type PosterState = {
  /** Null until it is there. */
  poster: PosterDto | null;
  failed: boolean;
  /** A choice is on its way or being made. */
  busy: boolean;
  load: () => void;
  choose: (change: PosterChange) => void;
  send: (file: Blob) => void;
};

/** The poster of a video, read anew whenever the video changed: so a made frame shows as soon as it is there. */
export const usePoster = (video: VideoDto): PosterState => {
  const videoId = video.id;
  const report = useReportError();
  const [poster, setPoster] = useState<PosterDto | null>(useEditorStart()?.poster ?? null);
  const [failed, setFailed] = useState(false);
  const [sending, setSending] = useState(false);
  const read = useCallback(
    (signal?: AbortSignal) =>
      fetchPoster({ videoId, ...(signal === undefined ? {} : { signal }) }).then(
        (found) => {
          setPoster(found);
          setFailed(false);
        },
        () => {
          if (signal?.aborted !== true) setFailed(true);
        },
      ),
    [videoId],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new object of the video is its news
  useEffect(() => {
    const ended = new AbortController();
    void read(ended.signal);
    return () => ended.abort();
  }, [read, video]);
  const act = (action: Promise<PosterDto>) => {
    setSending(true);
    action.then(setPoster, report).finally(() => setSending(false));
  };
  return {
    poster,
    failed,
    busy: sending || poster?.making === true,
    load: () => void read(),
    choose: (change) => act(changePoster({ videoId, change })),
    send: (file) => act(sendPosterImage({ videoId, file })),
  };
};
