"use client";

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { currentAddress, noteAddress } from "#components/player/media-address.ts";
import type { PlayerVideo } from "#components/player/player-props.ts";
import { openStream } from "#components/player/stream.ts";
import {
  noFacts,
  type PlaybackProblem,
  type Quality,
  type SoundTrack,
  type Stream,
  type StreamState,
  type StreamWait,
} from "#components/player/stream-contract.ts";
import { fetchVideo } from "#lib/api-client/videos.ts";

/** What the controls show of a stream. */
export type ShownStream = {
  qualities: readonly Quality[];
  /** The chosen quality; null lets bandwidth decide. */
  chosen: string | null;
  /** What plays; null before the first picture. */
  playing: { quality: string; rung: string } | null;
  sound: { tracks: readonly SoundTrack[]; chosen: string | null };
  wait: StreamWait | null;
  /** Seconds that can be played while the run goes on; null when all can. */
  reachSeconds: number | null;
  /** How often a seek was held back to what is there. */
  held: number;
  problem: PlaybackProblem | null;
};

const fresh: ShownStream = {
  qualities: [],
  chosen: null,
  playing: null,
  sound: { tracks: [], chosen: null },
  wait: null,
  reachSeconds: null,
  held: 0,
  problem: null,
};

/** The list of planned rungs lies beside the list of those that play. */
const plannedBeside = (hlsUrl: string) => hlsUrl.replace(/index\.m3u8(?=$|\?)/, "planned.m3u8");

const stateOf = ({ renditions, durationMs }: PlayerVideo): StreamState => ({
  // Sound has no picture to choose by.
  rungs: renditions.filter(({ height }) => height > 0),
  durationSeconds: durationMs === null ? null : durationMs / 1000,
});

type Opening = { url: string; growing: boolean; attempt: number };

/** Asks for the video again: its address may have run out, its run may have ended. */
const useRetry = ({
  videoId,
  setOpening,
}: {
  videoId: string;
  setOpening: (next: (last: Opening) => Opening) => void;
}) =>
  useCallback(() => {
    fetchVideo({ videoId }).then(
      ({ playback, status }) =>
        setOpening((last) => ({
          url: playback.hlsUrl ?? last.url,
          growing: status === "processing",
          attempt: last.attempt + 1,
        })),
      // Without an answer the old address is tried.
      () => setOpening((last) => ({ ...last, attempt: last.attempt + 1 })),
    );
  }, [videoId, setOpening]);

/** Who lost the network goes on when it is back. */
const useRetryOnline = ({ lost, retry }: { lost: boolean; retry: () => void }) => {
  useEffect(() => {
    if (!lost) return;
    window.addEventListener("online", retry, { once: true });
    return () => window.removeEventListener("online", retry);
  }, [lost, retry]);
};

/** A browser may want a gesture; then the play button is there. */
const playWhenReady = (media: HTMLVideoElement) => {
  media.addEventListener("canplay", () => void media.play().catch(() => undefined), { once: true });
};

/** Keeps a stream on the video element: opens it, follows it, opens it again on `retry` with a fresh address. */
export const useStream = ({
  element,
  video,
  hlsUrl,
  startSeconds,
}: {
  element: RefObject<HTMLVideoElement | null>;
  video: PlayerVideo;
  hlsUrl: string;
  startSeconds: number;
}) => {
  const [opening, setOpening] = useState<Opening>({ url: hlsUrl, growing: video.status === "processing", attempt: 0 });
  const [shown, setShown] = useState<ShownStream>(fresh);
  const retry = useRetry({ videoId: video.id, setOpening });
  const stream = useRef<Stream | null>(null);
  const begin = useRef(startSeconds);
  const played = useRef(false);
  const known = useRef(video);
  useEffect(() => {
    known.current = video;
    stream.current?.update(stateOf(video));
  }, [video]);
  useEffect(() => {
    const media = element.current;
    if (media === null) return;
    setShown(fresh);
    noteAddress(opening.url);
    const show = (part: Partial<ShownStream>) => setShown((last) => ({ ...last, ...part }));
    const opened = openStream({
      video: media,
      url: opening.url,
      plannedUrl: opening.growing ? plannedBeside(opening.url) : null,
      state: stateOf(known.current),
      startSeconds: begin.current,
      addressNow: currentAddress,
      events: {
        onQualities: (qualities) => show({ qualities }),
        onPlaying: (playing) => show({ playing }),
        onSound: (sound) => show({ sound }),
        onWait: (wait) => show({ wait }),
        onReach: (reachSeconds) => show({ reachSeconds }),
        onHeld: () => setShown((last) => ({ ...last, held: last.held + 1 })),
        onProblem: (problem) => {
          // A signed address runs out; a page that was open for long gets a fresh one by itself, once.
          if (problem === "gone" && opening.attempt === 0) retry();
          else show({ problem });
        },
      },
    });
    stream.current = opened;
    // Taking a stream off its element stops it; another try goes on where it was.
    if (played.current) playWhenReady(media);
    return () => {
      played.current = !media.paused || (played.current && media.readyState === HTMLMediaElement.HAVE_NOTHING);
      begin.current = media.currentTime > 0 ? media.currentTime : begin.current;
      stream.current = null;
      opened.close();
    };
  }, [opening, element, retry]);
  useRetryOnline({ lost: shown.problem === "network", retry });
  const choose = useCallback((quality: string | null) => {
    stream.current?.choose(quality);
    setShown((last) => ({ ...last, chosen: quality }));
  }, []);
  const chooseSound = useCallback((id: string) => stream.current?.chooseSound(id), []);
  const facts = useCallback(() => stream.current?.facts() ?? noFacts, []);
  return { shown, choose, chooseSound, retry, facts };
};
