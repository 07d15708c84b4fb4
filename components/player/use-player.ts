"use client";

import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { AroundAction, PlayerParts } from "#components/player/perform.ts";
import type { PlayerProps } from "#components/player/player-props.ts";
import { useAutoStart } from "#components/player/use-auto-start.ts";
import { useCaptionStyle } from "#components/player/use-caption-style.ts";
import { useCaptions } from "#components/player/use-captions.ts";
import { useChapters } from "#components/player/use-chapters.ts";
import { useElementState } from "#components/player/use-element-state.ts";
import { useLoop } from "#components/player/use-loop.ts";
import { useMediaSession } from "#components/player/use-media-session.ts";
import { useNext } from "#components/player/use-next.ts";
import { usePanel } from "#components/player/use-panel.ts";
import { usePlayerKeys } from "#components/player/use-player-keys.ts";
import { usePlayerWishes } from "#components/player/use-player-wishes.ts";
import { useRenewal } from "#components/player/use-renewal.ts";
import { useStream } from "#components/player/use-stream.ts";
import { useTouchSeek } from "#components/player/use-touch-seek.ts";
import { useWatchReport } from "#components/player/use-watch-report.ts";

type Around = Record<AroundAction, () => void>;

const nothing = () => undefined;
const noAround: Around = {
  ...{ captions: nothing, loop: nothing, theatre: nothing },
  ...{ stats: nothing, next: nothing, help: nothing },
};

/** Refs and actions that the keys, the taps and the buttons share. */
const useParts = (frameRate: number | null) => {
  const around = useRef(noAround);
  const known = useRef(frameRate);
  const parts = useRef<PlayerParts | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const gather = useCallback(() => {
    const [frameElement, videoElement] = [frame.current, video.current];
    if (frameElement === null || videoElement === null) {
      parts.current = null;
      return;
    }
    parts.current = {
      ...{ frame: frameElement, video: videoElement },
      get frameRate() {
        return known.current;
      },
      get around() {
        return around.current;
      },
    };
  }, []);
  const onFrame = useCallback(
    (element: HTMLDivElement | null) => {
      frame.current = element;
      gather();
    },
    [gather],
  );
  const onVideo = useCallback(
    (element: HTMLVideoElement | null) => {
      video.current = element;
      gather();
    },
    [gather],
  );
  useEffect(() => {
    known.current = frameRate;
  }, [frameRate]);
  return { parts, frame, element: video, around, onFrame, onVideo };
};

/** What opens over the picture. */
const usePanels = () => ({ help: usePanel(), stats: usePanel(), captionStyle: usePanel() });

/** Has keys and buttons do what the player is now. */
const useAround = ({ around, now }: { around: RefObject<Around>; now: Around }) => {
  useEffect(() => {
    around.current = now;
  });
};

/** Everything the player shows and does, gathered. */
export const usePlayer = (props: PlayerProps) => {
  const { video, hlsUrl, startSeconds = 0, autoStart = false, goesOn = false, wishes, page } = props;
  const shared = useParts(video.frameRate);
  const { element, parts } = shared;
  const stream = useStream({ element, video, hlsUrl, startSeconds });
  const playback = useRenewal({ video, hlsUrl });
  const captions = useCaptions(playback.captions, wishes?.captions ?? null);
  const captionStyle = useCaptionStyle();
  const chapters = useChapters({ element, video });
  const looks = useElementState(element);
  const loop = useLoop(wishes?.loop ?? false);
  const after = useNext(page);
  const panels = usePanels();
  const waits = stream.shown.wait === "codec" || stream.shown.wait === "start";
  useAutoStart({ element, wanted: autoStart, goesOn, waits });
  usePlayerWishes({ element, wishes, startSeconds, loops: loop.loops });
  usePlayerKeys(parts);
  useMediaSession({ element, parts, video, onNext: after.next === null ? undefined : after.go });
  const stalls = useWatchReport({ video, element, problem: stream.shown.problem });
  useAround({
    around: shared.around,
    now: {
      ...{ captions: captions.toggle, loop: loop.onToggle, theatre: page?.onTheatre ?? nothing },
      ...{ stats: panels.stats.toggle, next: after.go, help: () => panels.help.setOpen(true) },
    },
  });
  const statsSource = useMemo(() => ({ element, facts: stream.facts, stalls }), [element, stream.facts, stalls]);
  const [menuOpen, setMenuOpen] = useState(false);
  const touch = useTouchSeek(() => parts.current);
  return {
    ...shared,
    ...{ stream, playback, captions, captionStyle, chapters, looks, loop, after, panels, statsSource },
    ...{ menuOpen, setMenuOpen, touch },
  };
};

/** See `usePlayer`. */
export type PlayerState = ReturnType<typeof usePlayer>;
