"use client";

import { type RefObject, useCallback, useEffect, useState } from "react";
import { keepChoice, keptChoice } from "#components/player/kept-choice.ts";
import type { PlayerVideo } from "#components/player/player-props.ts";

/** A caption track as the video's DTO tells it. */
export type CaptionTrack = PlayerVideo["playback"]["captions"][number];

/** The captions one may choose and the one that is shown. */
export type CaptionsChoice = {
  list: readonly CaptionTrack[];
  /** Its id; null shows none. */
  chosen: string | null;
  choose: (id: string | null) => void;
  /** The last one again, or none. */
  toggle: () => void;
};

/** Which captions are shown: the `wanted` language, else the one that was chosen last, until another is. */
export const useCaptions = (list: readonly CaptionTrack[], wanted: string | null = null): CaptionsChoice => {
  const [language, setLanguage] = useState(() => wanted ?? keptChoice("captions"));
  const [picked, setPicked] = useState<string | null>(null);
  const chosen =
    (list.find(({ id }) => id === picked) ?? list.find((track) => track.language === language))?.id ?? null;
  const choose = useCallback(
    (id: string | null) => {
      const next = list.find((track) => track.id === id)?.language ?? null;
      setPicked(id);
      setLanguage(next);
      keepChoice("captions", next);
    },
    [list],
  );
  const toggle = useCallback(() => choose(chosen === null ? (list[0]?.id ?? null) : null), [choose, chosen, list]);
  return { list, chosen, choose, toggle };
};

/**
 * The cues that are due on the chosen track. The browser reads and times them; they are drawn by us, since its own drawing
 * lies under the control bar and follows no theme.
 */
export const useActiveCues = ({
  element,
  chosen,
}: {
  element: RefObject<HTMLVideoElement | null>;
  /** `id` attribute of the `<track>`, or null. */
  chosen: string | null;
}): readonly VTTCue[] => {
  const [cues, setCues] = useState<readonly VTTCue[]>([]);
  useEffect(() => {
    const tracks = [...(element.current?.querySelectorAll<HTMLTrackElement>("track[kind=captions]") ?? [])];
    for (const { id, track } of tracks) track.mode = id === chosen ? "hidden" : "disabled";
    const shown = tracks.find(({ id }) => id === chosen)?.track;
    if (shown === undefined) return setCues([]);
    const read = () => setCues([...(shown.activeCues ?? [])].filter((cue) => cue instanceof VTTCue));
    read();
    const listening = new AbortController();
    const { signal } = listening;
    shown.addEventListener("cuechange", read, { signal });
    // A phone's own full screen shows the video alone, without what lies over it.
    element.current?.addEventListener("webkitbeginfullscreen", () => (shown.mode = "showing"), { signal });
    element.current?.addEventListener("webkitendfullscreen", () => (shown.mode = "hidden"), { signal });
    return () => listening.abort();
  }, [element, chosen]);
  return cues;
};
