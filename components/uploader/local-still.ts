import type { LocalStill } from "./local-upload.ts";

const nothing: LocalStill = { posterUrl: null, durationMs: null, width: null, height: null };
const posterWidth = 320;
const deadlineMs = 6_000;

const once = (
  element: HTMLVideoElement,
  { event, signal }: { event: "loadedmetadata" | "seeked"; signal: AbortSignal },
) =>
  new Promise<void>((resolve, reject) => {
    const fail = () => reject(new Error("The browser cannot decode this file."));
    element.addEventListener(event, () => resolve(), { once: true, signal });
    element.addEventListener("error", fail, { once: true, signal });
    signal.addEventListener("abort", fail, { once: true });
  });

const draw = (video: HTMLVideoElement): Promise<Blob | null> => {
  const scale = posterWidth / Math.max(video.videoWidth, 1);
  const canvas = document.createElement("canvas");
  canvas.width = posterWidth;
  canvas.height = Math.max(1, Math.round(video.videoHeight * scale));
  canvas.getContext("2d")?.drawImage(video, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.8));
};

/**
 * Length, size and a small picture of a file, as far as this browser can decode it. Reads only what the decoder asks for; never
 * takes longer than six seconds and never throws: what cannot be told is null. The caller revokes `posterUrl`.
 */
export const takeLocalStill = async (file: File): Promise<LocalStill> => {
  const source = URL.createObjectURL(file);
  const video = document.createElement("video");
  const ended = new AbortController();
  const timer = setTimeout(() => ended.abort(), deadlineMs);
  let known = nothing;
  try {
    video.muted = true;
    video.preload = "metadata";
    const loaded = once(video, { event: "loadedmetadata", signal: ended.signal });
    video.src = source;
    await loaded;
    const durationMs = Number.isFinite(video.duration) ? Math.round(video.duration * 1000) : null;
    known = { ...nothing, durationMs, width: video.videoWidth || null, height: video.videoHeight || null };
    if (video.videoWidth === 0) return known;
    const seeked = once(video, { event: "seeked", signal: ended.signal });
    // A little way in: the very first picture is often black.
    video.currentTime = Math.min(1, (video.duration || 0) / 10);
    await seeked;
    const picture = await draw(video);
    return { ...known, posterUrl: picture === null ? null : URL.createObjectURL(picture) };
  } catch {
    // Another codec, a broken file or too slow: the row shows what is known, the server makes the poster.
    return known;
  } finally {
    clearTimeout(timer);
    ended.abort();
    video.removeAttribute("src");
    video.load();
    URL.revokeObjectURL(source);
  }
};
