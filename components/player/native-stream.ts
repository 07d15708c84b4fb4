import { noFacts, type OpenStream, type PlaybackProblem, type Stream } from "#components/player/stream-contract.ts";

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

/** Browsers call everything that they refuse by one name; the server's answer tells what it is. */
const whyRefused = async (url: string): Promise<PlaybackProblem> => {
  try {
    const { ok } = await fetch(url, { method: "HEAD" });
    return ok ? "codec" : "gone";
  } catch {
    return "network";
  }
};

/** Older iPhones play HLS themselves and choose the quality alone; they get what plays for every client. */
export const openNatively = ({ video, url, startSeconds, events }: OpenStream): Stream => {
  let closed = false;
  const onError = async () => {
    const code = video.error?.code;
    if (code === MediaError.MEDIA_ERR_NETWORK) return events.onProblem("network");
    const problem = code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED ? await whyRefused(url) : "media";
    if (!closed) events.onProblem(problem);
  };
  video.addEventListener("error", onError);
  startAt(video, startSeconds);
  video.src = url;
  events.onQualities([]);
  return {
    choose: () => undefined,
    chooseSound: () => undefined,
    update: () => undefined,
    facts: () => noFacts,
    close: () => {
      closed = true;
      video.removeEventListener("error", onError);
      video.removeAttribute("src");
      video.load();
    },
  };
};
