import { followMine } from "#lib/api-client/my-stream.ts";
import { openSource } from "#lib/api-client/reopening-source.ts";
import type { VideoDto, VideoEventName } from "#lib/videos/dto.ts";

/** What an event stream tells. */
export type VideoEventHandlers = {
  onEvent: (event: { name: VideoEventName; video: VideoDto }) => void;
  /** Called on each (re)connection: what was missed in between has to be fetched. */
  onOpen?: () => void;
  /** Called when the connection broke; the browser tries again by itself. */
  onLost?: () => void;
};

const names: readonly VideoEventName[] = ["progress", "playable", "ready", "failed", "changed", "deleted"];

const handing = ({ onEvent, onOpen, onLost }: VideoEventHandlers) => ({
  onMessage: (message: string, data: string) => {
    const name = names.find((one) => one === message);
    if (name !== undefined) onEvent({ name, video: JSON.parse(data) as VideoDto });
  },
  onOpen: () => onOpen?.(),
  onLost: () => onLost?.(),
});

/** Follows one video. Returns the function that ends it. */
export const followVideo = ({ videoId, ...handlers }: { videoId: string } & VideoEventHandlers): (() => void) =>
  openSource(`/videos/${videoId}/events`, { names, ...handing(handlers) });

/** Follows all of the caller's videos in one stream. Returns the function that ends it. */
export const followMyVideos = (handlers: VideoEventHandlers): (() => void) =>
  followMine({ videos: true, ...handing(handlers) });
