"use client";

import { useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { VideoPageDto } from "#lib/videos/dto.ts";
import { useStudio, useUploads } from "./studio-context.tsx";
import { type StudioRow, studioRows, withRowKeys } from "./studio-row.ts";
import { type VideoList, type VideoListQuery, visibleVideos } from "./video-list.ts";

/** The list as it is now; on the first draw what the server gave. */
export const useVideoList = (first?: { query: VideoListQuery; page: VideoPageDto }): VideoList => {
  const { store } = useStudio();
  // Before the first draw, so that server and browser draw the same rows; the event stream brings what is newer.
  useState(() => first && store.seed(first));
  return useSyncExternalStore(store.subscribe, store.snapshot, store.snapshot);
};

/** The table's rows: the server's videos and this page's uploads in one. */
export const useStudioRows = (list: VideoList): readonly StudioRow[] => {
  const uploads = useUploads();
  const keys = useRef<ReadonlyMap<string, string>>(new Map());
  keys.current = withRowKeys(keys.current, uploads);
  return useMemo(
    () => studioRows({ videos: visibleVideos(list), uploads, keys: keys.current, moving: list.moving }),
    [list, uploads],
  );
};
