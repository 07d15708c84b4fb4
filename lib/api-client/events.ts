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

/** A refused stream (HTTP error) ends for good in EventSource; it is opened again after this long. */
const reopenAfterMs = 5_000;

const listen = (path: string, { onEvent, onOpen, onLost }: VideoEventHandlers): (() => void) => {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    source = new EventSource(`/api/v1${path}`);
    source.onopen = () => onOpen?.();
    source.onerror = () => {
      onLost?.();
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, reopenAfterMs);
    };
    for (const name of names) {
      source.addEventListener(name, (event: MessageEvent<string>) => {
        onEvent({ name, video: JSON.parse(event.data) as VideoDto });
      });
    }
  };
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
};

/** Follows one video. Returns the function that ends it. */
export const followVideo = ({ videoId, ...handlers }: { videoId: string } & VideoEventHandlers): (() => void) =>
  listen(`/videos/${videoId}/events`, handlers);

/** Follows all of the caller's videos in one stream. Returns the function that ends it. */
export const followMyVideos = (handlers: VideoEventHandlers): (() => void) => listen("/me/events", handlers);
