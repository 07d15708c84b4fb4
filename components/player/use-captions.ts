"use client";

import { type RefObject, useCallback, useEffect, useState } from "react";
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

const rememberedKey = "kinora.captions";

/** The language that was chosen last on this device, or null. A browser may refuse its storage; then nothing is remembered. */
const remembered = (): string | null => {
  try {
    return localStorage.getItem(rememberedKey);
  } catch {
    return null;
  }
};

const remember = (language: string | null) => {
  try {
    if (language === null) localStorage.removeItem(rememberedKey);
    else localStorage.setItem(rememberedKey, language);
  } catch {
    // The choice holds for this page, then.
  }
};

/** Which captions are shown: the `wanted` language, else the one that was chosen last, until another is. */
export const useCaptions = (list: readonly CaptionTrack[], wanted: string | null = null): CaptionsChoice => {
  const [language, setLanguage] = useState(() => wanted ?? remembered());
  const [picked, setPicked] = useState<string | null>(null);
  const chosen =
    (list.find(({ id }) => id === picked) ?? list.find((track) => track.language === language))?.id ?? null;
  const choose = useCallback(
    (id: string | null) => {
      const next = list.find((track) => track.id === id)?.language ?? null;
      setPicked(id);
      setLanguage(next);
      remember(next);
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
    shown.addEventListener("cuechange", read);
    return () => shown.removeEventListener("cuechange", read);
  }, [element, chosen]);
  return cues;
};
