import { useCallback, useEffect, useState } from "react";
import { fetchVideoWatermark, fetchWatermarks } from "#lib/api-client/watermarks.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import type { VideoWatermarkDto, WatermarkDto, WatermarkListDto } from "#lib/watermarks/dto.ts";
import { useEditorStart } from "../editor-start.tsx";

/** How often a mark that is being drawn is asked for: it takes less than a second. */
const drawingMs = 600;

/** The marks of a channel (the caller's unless named) and of the site; `failed` when they could not be had. Those that are being drawn are followed. */
export const useWatermarkList = ({ channelId }: { channelId?: string } = {}) => {
  const [list, setList] = useState<WatermarkListDto | null>(useEditorStart()?.marks ?? null);
  const [failed, setFailed] = useState(false);
  const [round, setRound] = useState(0);
  const load = useCallback(() => setRound((now) => now + 1), []);
  useEffect(() => {
    const ended = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    // Counts as a reason to ask again; nothing else is done with it.
    void round;
    fetchWatermarks({ channelId, signal: ended.signal }).then(
      (found) => {
        setFailed(false);
        setList(found);
        if (found.items.some(({ state }) => state === "drawing")) timer = setTimeout(load, drawingMs);
      },
      () => {
        if (!ended.signal.aborted) setFailed(true);
      },
    );
    return () => {
      clearTimeout(timer);
      ended.abort();
    };
  }, [channelId, round, load]);
  /** Shows a changed mark at once, before the list is asked for again. */
  const keep = useCallback(
    (mark: WatermarkDto) => {
      setList((known) => {
        if (known === null) return known;
        const others = known.items.filter(({ id }) => id !== mark.id);
        return { ...known, items: [...others, mark].toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
      });
      load();
    },
    [load],
  );
  return { list, failed, load, keep };
};

/** The mark of a video; asked for again when its poster has changed, and while it is not what plays yet when a run begins or ends. */
export const useVideoWatermark = (video: VideoDto) => {
  const [current, setCurrent] = useState<VideoWatermarkDto | null>(useEditorStart()?.watermark ?? null);
  const [failed, setFailed] = useState(false);
  const [round, setRound] = useState(0);
  const videoId = video.id;
  // Signed addresses change with every event; their end names the poster.
  const poster = video.playback.posterUrl?.split("/").slice(-2).join("/") ?? "";
  const run =
    current?.applied === true ? "applied" : `${video.status}, ${video.progress === null ? "at rest" : "running"}`;
  const stand = `${poster}, ${run}`;
  useEffect(() => {
    // Both count as reasons to ask again; nothing else is done with them.
    void [round, stand];
    const ended = new AbortController();
    fetchVideoWatermark({ videoId, signal: ended.signal }).then(
      (found) => {
        setFailed(false);
        setCurrent(found);
      },
      () => {
        if (!ended.signal.aborted) setFailed(true);
      },
    );
    return () => ended.abort();
  }, [videoId, stand, round]);
  return { current, setCurrent, failed, load: () => setRound((now) => now + 1) };
};
