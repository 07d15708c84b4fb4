import { pageToken } from "#lib/api-client/page-token.ts";
import { followMine } from "#lib/api-client/stream/follow-mine.ts";
import { openSource } from "#lib/api-client/stream/open-source.ts";
import { whileVisible } from "#lib/api-client/stream/while-visible.ts";
import type { VideoDto, VideoEventName } from "#lib/videos/dto.ts";

type VideoNews = { name: VideoEventName; video: VideoDto };

/** What an event stream tells. */
export type VideoEventHandlers = {
  onEvent: (news: VideoNews) => void;
  /** Called on each (re)connection: what was missed in between has to be fetched. */
  onOpen?: () => void;
  /** Called when the connection broke; the browser tries again by itself. */
  onLost?: () => void;
};

const names: readonly VideoEventName[] = ["progress", "playable", "ready", "failed", "changed", "deleted"];
const isVideoEvent = (name: string): name is VideoEventName => names.some((one) => one === name);

const handing = ({ onEvent, onOpen, onLost }: VideoEventHandlers) => ({
  onMessage: (name: string, data: string) => {
    if (isVideoEvent(name)) onEvent({ name, video: JSON.parse(data) as VideoDto });
  },
  onOpen: () => onOpen?.(),
  onLost: () => onLost?.(),
});

const followWatched = ({ videoId, ...handlers }: { videoId: string } & VideoEventHandlers): (() => void) =>
  followMine({
    ...handing(handlers),
    videos: false,
    watched: [videoId],
    onMessage: (name, data) => {
      if (name !== "watched") return;
      const { event, video } = JSON.parse(data) as { event: VideoEventName; video: VideoDto };
      if (video.id === videoId) handlers.onEvent({ name: event, video });
    },
  });

const addressOf = (videoId: string): string => {
  const token = pageToken();
  const query = token === undefined ? "" : `?${new URLSearchParams({ token })}`;
  return `/videos/${videoId}/events${query}`;
};

/**
 * Follows one video: for somebody who is signed in over the stream that all pages of the browser share, for others (and for
 * whoever watches by a playback token) over one of its own while the page can be seen. Returns the function that ends it.
 */
export const followVideo = ({
  signedIn,
  ...input
}: { videoId: string; signedIn: boolean } & VideoEventHandlers): (() => void) =>
  signedIn && pageToken() === undefined
    ? followWatched(input)
    : whileVisible(() => openSource(addressOf(input.videoId), { names, ...handing(input) }));

/** Follows all of the caller's videos. Returns the function that ends it. */
export const followMyVideos = (handlers: VideoEventHandlers): (() => void) =>
  followMine({ ...handing(handlers), videos: true, watched: [] });
