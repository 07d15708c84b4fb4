"use client";

import { useEffect, useState } from "react";
import { playingElement } from "#components/video/seek-player.ts";
import { lineAt, type TranscriptLine } from "#components/video/transcript-line.ts";

/** A seek to a line's start may land a hair before it. */
const slackMs = 50;

/** Which line the page's player is at; -1 before the first and without a player. */
export const usePlayingLine = (lines: readonly TranscriptLine[]): number => {
  const [line, setLine] = useState(-1);
  useEffect(() => {
    const look = () => {
      const element = playingElement();
      setLine(element === null ? -1 : lineAt(lines, element.currentTime * 1000 + slackMs));
    };
    look();
    const listening = new AbortController();
    // Events of media do not rise; on their way down they pass the document, whenever the player comes.
    const options = { capture: true, signal: listening.signal };
    for (const name of ["timeupdate", "seeking", "loadedmetadata"]) document.addEventListener(name, look, options);
    return () => listening.abort();
  }, [lines]);
  return line;
};
