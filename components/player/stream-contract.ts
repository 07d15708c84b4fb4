import type { RungState } from "#components/player/ladder.ts";

/** A quality one may choose, by the short side; `original` where it is the uploaded file's own picture. */
export type Quality = { name: string; original: boolean };

/** A sound track one may choose. */
export type SoundTrack = { id: string; name: string; language: string | null };

/**
 * Why nothing plays. `gone`: the stream answers 403 or 404 (a signed address may have expired). `codec`: this browser
 * cannot decode it. `unsupported`: no way to play HLS at all. `network` and `media`: what was left after all tries.
 */
export type PlaybackProblem = "gone" | "codec" | "unsupported" | "network" | "media";

/**
 * What a stream waits for while a run goes on; it goes on by itself. `codec`: this browser cannot decode the original, and
 * no other rung is there yet. `start`: nothing is there yet. `edge`: the playhead is at the end of what is there. `network`:
 * what comes next is asked for again and again, whether a run goes on or not.
 */
export type StreamWait = "codec" | "start" | "edge" | "network";

/** What a stream tells while it lives. */
export type StreamEvents = {
  onQualities: (qualities: readonly Quality[]) => void;
  /** Name of the quality that plays now, and of its rendition. */
  onPlaying: (playing: { quality: string; rung: string }) => void;
  onSound: (sound: { tracks: readonly SoundTrack[]; chosen: string | null }) => void;
  onWait: (wait: StreamWait | null) => void;
  /** Seconds from 0 that can be played now; null when there is no such end. */
  onReach: (seconds: number | null) => void;
  /** A seek went beyond what is there and landed at its end. */
  onHeld: () => void;
  onProblem: (problem: PlaybackProblem) => void;
};

/** What is known of a video's renditions; it changes while a run goes on. */
export type StreamState = { rungs: readonly RungState[]; durationSeconds: number | null };

/** What opens a stream. */
export type OpenStream = {
  video: HTMLVideoElement;
  /** The multivariant playlist of what plays for every client. */
  url: string;
  /** The one of all planned rungs, while a run goes on; else null. */
  plannedUrl: string | null;
  state: StreamState;
  /** Where to begin. */
  startSeconds: number;
  /** The address for one that was read earlier: a signature in its path may have been renewed since. */
  addressNow: (url: string) => string;
  events: StreamEvents;
};

/** What a stream knows of its line and of what plays; null where nobody tells. */
export type StreamFacts = {
  /** Measured, in bits per second. */
  bandwidth: number | null;
  /** Of the rendition that plays, in bits per second. */
  bitrate: number | null;
  /** RFC 6381. */
  codecs: string | null;
};

/** A stream on a video element. */
export type Stream = {
  /** A quality by name, or null to let bandwidth decide. */
  choose: (quality: string | null) => void;
  chooseSound: (id: string) => void;
  /** Takes over what has become known of the renditions. */
  update: (state: StreamState) => void;
  /** As they are now. */
  facts: () => StreamFacts;
  close: () => void;
};

/** Of a stream that knows nothing of itself. */
export const noFacts: StreamFacts = { bandwidth: null, bitrate: null, codecs: null };
