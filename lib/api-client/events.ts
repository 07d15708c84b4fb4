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

const addressOf = (videoId: string): string => {
  const token = pageToken();
  const query = token === undefined ? "" : `?${new URLSearchParams({ token })}`;
  return `/videos/${videoId}/events${query}`;
};

type FollowVideo = { videoId: string } & VideoEventHandlers;

const followAlone = ({ videoId, ...handlers }: FollowVideo): (() => void) =>
  whileVisible(() => openSource(addressOf(videoId), { names, ...handing(handlers) }));

/** Over the shared stream; when that is refused, for signing out in another tab for instance, as a stranger does. */
const followWatched = (input: FollowVideo & { account: string }): (() => void) => {
  const { videoId, account, ...handlers } = input;
  let end = followMine({
    ...handing(handlers),
    ...{ account, videos: false, watched: [videoId] },
    onMessage: (name, data) => {
      if (name !== "watched") return;
      const { event, video } = JSON.parse(data) as { event: VideoEventName; video: VideoDto };
      if (video.id === videoId) handlers.onEvent({ name: event, video });
    },
    onLost: (refused) => {
      handlers.onLost?.();
      if (!refused) return;
      end();
      end = followAlone(input);
    },
  });
  return () => end();
};

/**
 * Follows one video: for `account`, the id of whoever is signed in, over the stream that all pages of the browser share; for
 * strangers (null), and for whoever watches by a playback token, over one of its own while the page can be seen. Returns the
 * function that ends it.
 */
export const followVideo = ({ account, ...input }: FollowVideo & { account: string | null }): (() => void) =>
  account === null || pageToken() !== undefined ? followAlone(input) : followWatched({ ...input, account });

/** Follows all videos of `account`, the caller's id. Returns the function that ends it. */
export const followMyVideos = ({ account, ...handlers }: { account: string } & VideoEventHandlers): (() => void) =>
  followMine({ ...handing(handlers), account, videos: true, watched: [] });
