"use client";

import { type RefObject, useEffect, useRef } from "react";
import { useActiveCues } from "#components/player/use-captions.ts";

/** One cue with what WebVTT allows of form (italics, bold, underline, ruby); the browser makes the safe fragment. */
const Cue = ({ cue }: { cue: VTTCue }) => {
  const line = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    line.current?.replaceChildren(cue.getCueAsHTML());
  }, [cue]);
  return <span ref={line} className="player-cue" />;
};

/** The captions over the picture, above the control bar as long as that is there. */
export const Captions = ({
  element,
  chosen,
  language,
}: {
  element: RefObject<HTMLVideoElement | null>;
  /** `id` of the `<track>`, or null. */
  chosen: string | null;
  language: string | undefined;
}) => {
  const cues = useActiveCues({ element, chosen });
  return (
    <div lang={language} className="player-captions" data-captions={chosen === null ? "off" : "on"}>
      {cues.map((cue) => (
        <Cue key={`${cue.startTime}/${cue.text}`} cue={cue} />
      ))}
    </div>
  );
};
