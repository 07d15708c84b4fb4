import { frameStep } from "#components/player/frame-step.ts";
import type { PlayerAction } from "#components/player/shortcut.ts";

/** Speeds one may choose. */
export const speeds = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;

/**
 * What the player's surroundings do: show or hide captions and figures, play round and round or no longer, take the page's
 * width or give it back, go on to what plays afterwards, list the keys.
 */
export type AroundAction = "captions" | "loop" | "theatre" | "stats" | "next" | "help";

/** What a player needs to act. */
export type PlayerParts = {
  video: HTMLVideoElement;
  /** What goes full screen: the picture with its controls. */
  frame: HTMLElement;
  /** Of the file; null while it is not known. */
  frameRate: number | null;
  around: Readonly<Record<AroundAction, () => void>>;
};

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

const seekTo = (video: HTMLVideoElement, seconds: number) => {
  const end = Number.isFinite(video.duration) ? video.duration : seconds;
  video.currentTime = clamp(seconds, 0, end);
};

const stepSpeed = (video: HTMLVideoElement, step: 1 | -1) => {
  const at = speeds.findIndex((speed) => speed >= video.playbackRate);
  video.playbackRate = speeds[clamp((at === -1 ? speeds.length - 1 : at) + step, 0, speeds.length - 1)] ?? 1;
};

/** Browsers refuse these without a fresh gesture, or when a newer call overtakes them; the picture then simply stays as it is. */
const attempt = (promise: Promise<unknown>) => {
  promise.catch(() => undefined);
};

const toggleFullscreen = (frame: HTMLElement, video: HTMLVideoElement & { webkitEnterFullscreen?: () => void }) => {
  if (document.fullscreenElement !== null) attempt(document.exitFullscreen());
  else if (document.fullscreenEnabled) attempt(frame.requestFullscreen());
  // iPhones let only the video itself go full screen.
  else video.webkitEnterFullscreen?.();
};

const togglePicture = (video: HTMLVideoElement) => {
  if (document.pictureInPictureElement !== null) attempt(document.exitPictureInPicture());
  else if (document.pictureInPictureEnabled) attempt(video.requestPictureInPicture());
};

/** One frame on or back; frames are looked at one by one, so that it stops for it. */
const showFrame = ({ video, frameRate }: PlayerParts, step: 1 | -1) => {
  video.pause();
  seekTo(video, frameStep({ atSeconds: video.currentTime, frameRate, step }));
};

/** Carries an action out. */
export const perform = (action: PlayerAction, parts: PlayerParts): void => {
  const { video, frame } = parts;
  switch (action.kind) {
    case "toggle":
      if (video.paused) attempt(video.play());
      else video.pause();
      return;
    case "seekBy":
      seekTo(video, video.currentTime + action.seconds);
      return;
    case "seekTo":
      seekTo(video, action.seconds);
      return;
    case "seekToShare":
      seekTo(video, (Number.isFinite(video.duration) ? video.duration : 0) * action.share);
      return;
    case "volumeBy":
      video.volume = clamp(video.volume + action.step, 0, 1);
      if (action.step > 0) video.muted = false;
      return;
    case "mute":
      video.muted = !video.muted;
      return;
    case "faster":
      stepSpeed(video, 1);
      return;
    case "slower":
      stepSpeed(video, -1);
      return;
    case "fullscreen":
      toggleFullscreen(frame, video);
      return;
    case "picture":
      togglePicture(video);
      return;
    case "frame":
      showFrame(parts, action.step);
      return;
    case "captions":
    case "loop":
    case "theatre":
    case "stats":
    case "next":
    case "help":
      parts.around[action.kind]();
  }
};
