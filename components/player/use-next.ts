"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useState } from "react";
import { expectArrival } from "#components/player/arrival.ts";
import { keepChoice, keptChoice } from "#components/player/kept-choice.ts";
import type { PlayerPage } from "#components/player/player-props.ts";
import type { NextVideo } from "#components/video/next-video.ts";

/** What plays afterwards, whether it begins by itself, and how to go there. */
export type AfterThis = { next: NextVideo | null; byItself: boolean; toggleByItself: () => void; go: () => void };

const name = "autoplay-next";

/** Knows what plays after the video of a page; without a page nothing does. */
export const useNext = (page: PlayerPage | undefined): AfterThis => {
  const router = useRouter();
  const [next, setNext] = useState<NextVideo | null>(null);
  const asked = page?.next;
  useEffect(() => {
    let gone = false;
    asked?.then((found) => {
      if (!gone) setNext(found);
    });
    return () => {
      gone = true;
    };
  }, [asked]);
  const [byItself, setByItself] = useState(() => keptChoice(name) !== "off");
  const toggleByItself = useCallback(() => {
    keepChoice(name, byItself ? "off" : null);
    setByItself(!byItself);
  }, [byItself]);
  const go = useCallback(() => {
    if (next === null) return;
    expectArrival(next.id);
    router.push(next.href);
  }, [next, router]);
  return { next, byItself, toggleByItself, go };
};
