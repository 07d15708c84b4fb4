"use client";

import { useCallback, useState } from "react";
import { type CaptionStyle, readCaptionStyle, writtenCaptionStyle } from "#components/player/caption-style.ts";
import { keepChoice, keptChoice } from "#components/player/kept-choice.ts";

/** How captions look in this browser, and how that is changed. */
export const useCaptionStyle = (): { style: CaptionStyle; change: (style: CaptionStyle) => void } => {
  const [style, setStyle] = useState(() => readCaptionStyle(keptChoice("caption-style")));
  const change = useCallback((next: CaptionStyle) => {
    setStyle(next);
    keepChoice("caption-style", writtenCaptionStyle(next));
  }, []);
  return { style, change };
};
