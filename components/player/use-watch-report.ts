"use client";

import { type RefObject, useCallback, useEffect, useRef } from "react";
import type { PlaybackProblem } from "#components/player/stream-contract.ts";
import { type Look, WatchLog, type WatchSums } from "#components/player/watch-log.ts";
import { currentArrival, sourceOf } from "#components/player/watch-source.ts";
import { openWatching, sendWatchReport } from "#lib/api-client/watching.ts";

/** How often a player that plays reports; the server believes no more than a few of these at once. */
const reportMs = 15_000;

/** A token is good for a day; who plays on in a page that was open overnight is somebody new. */
const longestMs = 12 * 3600 * 1000;

const lookAt = (video: HTMLVideoElement): Look => ({
  nowMs: performance.now(),
  positionMs: video.currentTime * 1000,
  rate: video.playbackRate,
  height: Math.min(video.videoWidth, video.videoHeight),
});

/** One session of watching: asks for its token when somebody plays, and sends what its log has for news. */
class WatchSession {
  readonly log = new WatchLog();
  readonly #videoId: string;
  readonly #beganAt = Date.now();
  readonly #source = sourceOf(currentArrival());
  readonly #closed = new AbortController();
  #token: string | null = null;
  #asked = false;
  #seq = 0;

  constructor(videoId: string) {
    this.#videoId = videoId;
  }

  get isOld(): boolean {
    return Date.now() - this.#beganAt > longestMs;
  }

  /** Asks for the token, once. Without one nothing is reported: a page that cannot be counted still plays. */
  open(): void {
    if (this.#asked) return;
    this.#asked = true;
    openWatching({ videoId: this.#videoId, signal: this.#closed.signal }).then(
      ({ token }) => {
        this.#token = token;
        this.report();
      },
      () => undefined,
    );
  }

  /** Sends the sums when they have changed. The first time tells that a player is there, which the others are measured by. */
  report(): void {
    if (this.#token === null) return;
    const sums = this.log.takeNews();
    if (sums === null) return;
    this.#seq += 1;
    const errors = sums.errors.flatMap(({ code, count }) =>
      isProblem(code) ? [{ code, count: Math.min(count, 1000) }] : [],
    );
    const report = { ...sums, ranges: [...sums.ranges], renditions: [...sums.renditions], errors };
    sendWatchReport({
      videoId: this.#videoId,
      report: { token: this.#token, seq: this.#seq, source: this.#source, ...report },
    });
  }

  close(): void {
    this.report();
    this.#closed.abort();
  }
}

const problems: readonly PlaybackProblem[] = ["gone", "codec", "unsupported", "network", "media"];
const isProblem = (code: string): code is PlaybackProblem => problems.some((problem) => problem === code);

type Current = { session: WatchSession | null };

/** Tells the current session all that happens on a video element; gives what ends it. */
const follow = (video: HTMLVideoElement, { videoId, current }: { videoId: string; current: Current }) => {
  const ended = new AbortController();
  const session = (): WatchSession => {
    current.session ??= new WatchSession(videoId);
    return current.session;
  };
  const on = (name: string, react: () => void) => video.addEventListener(name, react, { signal: ended.signal });
  on("play", () => {
    if (session().isOld) {
      session().close();
      current.session = null;
    }
    session().log.wish(performance.now());
    session().open();
  });
  on("playing", () => {
    session().log.playing(lookAt(video));
    session().report();
  });
  for (const name of ["timeupdate", "ratechange"]) on(name, () => session().log.look(lookAt(video)));
  on("waiting", () => session().log.waiting(lookAt(video)));
  on("seeking", () => session().log.seeking(performance.now()));
  on("seeked", () => {
    if (!video.paused) session().log.seeked(lookAt(video));
  });
  for (const name of ["pause", "ended", "emptied"]) {
    on(name, () => {
      session().log.stopped(lookAt(video));
      session().report();
    });
  }
  const leave = () => {
    if (document.visibilityState !== "hidden") return;
    session().log.look(lookAt(video));
    session().report();
  };
  document.addEventListener("visibilitychange", leave, { signal: ended.signal });
  const timer = setInterval(() => {
    if (!video.paused) session().report();
  }, reportMs);
  return () => {
    clearInterval(timer);
    ended.abort();
    session().log.stopped(lookAt(video));
    session().close();
    current.session = null;
  };
};

/**
 * Reports what is played of a video: at the start, every 15 seconds, at a pause, at the end, and when the page is hidden or
 * left. Keeps nothing in the browser. `problem` is the fault that the player shows, if any. Gives how often and how long it has
 * stalled so far.
 */
export const useWatchReport = ({
  video,
  element,
  problem,
}: {
  video: { id: string };
  element: RefObject<HTMLVideoElement | null>;
  problem: PlaybackProblem | null;
}): (() => WatchSums["stalls"]) => {
  const current = useRef<Current>({ session: null });
  useEffect(() => {
    const media = element.current;
    if (media === null) return;
    return follow(media, { videoId: video.id, current: current.current });
  }, [element, video.id]);
  useEffect(() => {
    if (problem === null) return;
    current.current.session ??= new WatchSession(video.id);
    const { session } = current.current;
    session.log.fault(problem);
    session.open();
    session.report();
  }, [problem, video.id]);
  return useCallback(() => current.current.session?.log.stalls ?? { count: 0, ms: 0 }, []);
};
