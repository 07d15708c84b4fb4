import type { OpenStream, Stream } from "#components/player/stream-contract.ts";

/** Begins where it should as soon as the browser knows the stream. */
const startAt = (video: HTMLVideoElement, seconds: number) => {
  if (seconds <= 0) return;
  video.addEventListener(
    "loadedmetadata",
    () => {
      video.currentTime = Math.min(seconds, Math.max(0, video.duration - 0.5));
    },
    { once: true },
  );
};

/** Older iPhones play HLS themselves and choose the quality alone; they get what plays for every client. */
export const openNatively = ({ video, url, startSeconds, events }: OpenStream): Stream => {
  const onError = () => {
    const code = video.error?.code;
    if (code === MediaError.MEDIA_ERR_NETWORK) return events.onProblem("network");
    events.onProblem(code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED ? "gone" : "media");
  };
  video.addEventListener("error", onError);
  startAt(video, startSeconds);
  video.src = url;
  events.onQualities([]);
  return {
    choose: () => undefined,
    chooseSound: () => undefined,
    update: () => undefined,
    close: () => {
      video.removeEventListener("error", onError);
      video.removeAttribute("src");
      video.load();
    },
  };
};
