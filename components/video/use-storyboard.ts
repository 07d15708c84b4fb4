"use client";

import { useEffect, useState } from "react";
import { parseStoryboard, type StoryboardTile } from "./storyboard.ts";

const none: readonly StoryboardTile[] = [];

/** The tiles of a video's storyboard; empty until they are there, and where they cannot be had: a help, never a need. */
export const useStoryboard = (url: string | null): readonly StoryboardTile[] => {
  const [tiles, setTiles] = useState<readonly StoryboardTile[]>(none);
  useEffect(() => {
    if (url === null) return;
    const ended = new AbortController();
    fetch(url, { signal: ended.signal })
      .then((response) => (response.ok ? response.text() : ""))
      .then(
        (text) => setTiles(parseStoryboard(text, url)),
        () => setTiles(none),
      );
    return () => ended.abort();
  }, [url]);
  return tiles;
};
